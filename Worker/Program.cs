using DistGan.Worker;

return await WorkerProcess.RunAsync(args);
