using Slotwright.Composition;

return await SiloProgram.Run(args);
