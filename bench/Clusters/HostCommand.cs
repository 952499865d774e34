using System.Globalization;
using DistGan.Bench.Replays;
using DistGan.Recipes;
using DistGan.Silo;
using DistGan.Worker;
using DistGan.Worker.Replicas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace DistGan.Bench.Clusters;

/// <summary>Hosts for the benches of clusters: a worker whose trainers compute nothing, and a silo that measures its coordinators.</summary>
internal static class HostCommand
{
    /// <summary>What the silo writes to standard output when it is asked for its turns by a line of standard input.</summary>
    public const string TurnsLine = "turns";

    /// <summary>host worker null:… KEY=VALUE…, or host silo KEY=VALUE….</summary>
    public static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["worker", var trainer, .. var settings]:
                var factory = new NullFactory(NullSettings.Parse(trainer));
                return Run(WorkerProcess.Build(settings, services => services.AddSingleton<IReplicaFactory>(factory)), static () => "");
            case ["silo", .. var settings]:
                var filter = new TurnFilter();
                return Run(SiloProcess.Build(settings, services => services.AddSingleton<IIncomingGrainCallFilter>(filter)), () => Turns(filter));
            case ["replay-silo", var siloPort, var gatewayPort]:
                return ReplayHosts.RunSilo(siloPort, gatewayPort);
            case ["replay-client", var gateway, var redis]:
                return ReplayHosts.RunClient(gateway, redis);
            default:
                throw new DistGanException("'host' is started by other benches: worker null:MILLISECONDS:PARAMETERS:IMAGES KEY=VALUE…, or silo KEY=VALUE….");
        }
    }

    /// <summary>Runs until it is stopped, or until whoever started it is gone: then its standard input ends.</summary>
    private static int Run(IHost host, Func<string> answer)
    {
        var listener = new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
            {
                Console.WriteLine(answer());
            }

            Environment.Exit(1);
        }) { IsBackground = true };
        listener.Start();
        host.Run();
        return 0;
    }

    private static string Turns(TurnFilter filter)
    {
        var turns = filter.Take();
        return string.Create(CultureInfo.InvariantCulture, $"{TurnsLine} {turns.Count} {At(turns, 0.5):F4} {At(turns, 0.99):F4} {At(turns, 1):F4}");
    }

    private static double At(IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];
}
