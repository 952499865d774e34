using DistGan.Silo;

return await SiloProcess.RunAsync(args);
