using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace DistGan.Bench.Replays;

/// <summary>The processes of the replay bench: a silo that holds the buffer, and clients that do what they are told by lines of standard input.</summary>
internal static class ReplayHosts
{
    /// <summary>What a process writes when it can be used.</summary>
    public const string ReadyLine = "ready";

    /// <summary>replay-silo SILO-PORT GATEWAY-PORT: until its standard input ends.</summary>
    public static int RunSilo(string siloPort, string gatewayPort)
    {
        var builder = Builder();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(Port(siloPort), Port(gatewayPort));
            silo.Services.Configure<GrainTypeOptions>(static options => options.Classes.Add(typeof(NullReplayGrain)));
        });
        using var host = builder.Build();
        host.Start();
        Console.WriteLine(ReadyLine);
        while (Console.In.ReadLine() is not null)
        {
            // Whoever started it has nothing to say.
        }

        return 0;
    }

    /// <summary>replay-client GATEWAY-PORT REDIS: does a <see cref="ReplayWork"/> a line and answers with a line, until its standard input ends.</summary>
    public static int RunClient(string gatewayPort, string redis)
    {
        var builder = Builder();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(Port(gatewayPort)));
        using var host = builder.Build();
        host.Start();
        using var work = new ReplayWork(host.Services.GetRequiredService<Orleans.IGrainFactory>(), redis);
        Console.WriteLine(ReadyLine);
        while (Console.In.ReadLine() is { } line)
        {
            Console.WriteLine(work.DoAsync(line.Split(' ')).GetAwaiter().GetResult().ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging(static logging => logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error));
        return builder;
    }

    private static int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
