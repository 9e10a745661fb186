throw new Error("kaatui");
