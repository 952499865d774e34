using DistGan.Bench.Alarms;
using DistGan.Bench.Clusters;
using DistGan.Bench.Features;
using DistGan.Bench.Jobs;
using DistGan.Bench.Replays;
using DistGan.Bench.Startup;
using DistGan.Bench.Steps;
using DistGan.Recipes;

var commands = new Dictionary<string, Func<string[], int>>
{
    ["alarms"] = AlarmsCommand.Run,
    ["chaos"] = ChaosCommand.Run,
    ["classes"] = ClassesCommand.Run,
    ["features"] = FeaturesCommand.Run,
    ["floor"] = FloorCommand.Run,
    ["host"] = HostCommand.Run,
    ["job"] = JobCommand.Run,
    ["links"] = LinksCommand.Run,
    ["replay"] = ReplayCommand.Run,
    ["replicas"] = ReplicasCommand.Run,
    ["startup"] = StartupCommand.Run,
    ["step"] = StepCommand.Run,
    ["swarm"] = SwarmCommand.Run,
    ["watchers"] = WatchersCommand.Run,
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    Console.Error.WriteLine($"Name what to run: {string.Join(", ", commands.Keys)}.");
    return 2;
}

try
{
    return command(args[1..]);
}
catch (DistGanException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
