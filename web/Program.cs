using Slotwright.Composition;

return await WebProgram.Run(args);
