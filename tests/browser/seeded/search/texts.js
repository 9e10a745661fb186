self.polkuTexts = ["teksti"];
