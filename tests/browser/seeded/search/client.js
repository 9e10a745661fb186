// What searches would stand here.
