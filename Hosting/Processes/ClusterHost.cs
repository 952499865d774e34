using DistGan.Hosting.Clustering;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DistGan.Hosting.Processes;

/// <summary>What a process of a cluster has before its grains: configuration, a log on standard error, systemd, ports.</summary>
public static class ClusterHost
{
    private const string ClusteringType = "Orleans:Clustering:ProviderType";
    private const string SiloPort = "Orleans:Endpoints:SiloPort";

    /// <summary>What is said unless the section <c>Logging</c> says otherwise. A start that fails is told in one sentence, by <see cref="HostProcess"/>.</summary>
    private static readonly (string Category, string Level)[] Levels =
    [
        ("Default", "Information"), ("Microsoft", "Warning"), ("Microsoft.Hosting.Lifetime", "Information"), ("Microsoft.Extensions.Hosting.Internal.Host", "None"), ("Polly", "Warning"),
        // Which tasks took long, and how the garbage is collected, is for those who look for it.
        ("Orleans", "Warning"), ("Orleans.Runtime.Scheduler", "Error"), ("Orleans.Runtime.Silo", "Error"),
        // Its first look counts from the start of the machine.
        ("Orleans.Runtime.Watchdog", "Error"),
    ];

    /// <summary>
    /// A builder that reads appsettings.json of the current directory, then environment variables, then the settings; the later one wins.
    /// </summary>
    /// <param name="settings">KEY=VALUE each, KEY with ':' between its parts.</param>
    /// <param name="shutdownLimit">How long the host may take to stop.</param>
    /// <exception cref="DistGanException">A setting is none, or is unknown.</exception>
    public static HostApplicationBuilder CreateBuilder(IReadOnlyList<string> settings, TimeSpan shutdownLimit)
    {
        if (settings.FirstOrDefault(static setting => setting.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
        {
            throw new DistGanException($"The setting '{wrong}' is none: expected KEY=VALUE, such as {SiloPort}=11111.");
        }

        var builder = Host.CreateApplicationBuilder([.. settings]);
        HostKeys.RequireKnown(builder.Configuration);
        foreach (var (category, level) in Levels)
        {
            builder.Default($"Logging:LogLevel:{category}", level);
        }

        ConsoleLog.Use(builder.Logging);
        builder.Services.AddSystemd();
        builder.Services.AddHostedService<PortCheck>(); // before all that listens
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdownLimit);
        return builder;
    }

    /// <summary>Sets a key of the configuration that nobody has set.</summary>
    public static void Default(this HostApplicationBuilder builder, string key, string value) => builder.Configuration[key] ??= value;

    /// <summary>Whether members are found on this machine alone.</summary>
    public static bool IsLocal(IConfiguration configuration)
        => configuration[ClusteringType] is null or "" or LocalhostProviderBuilder.ProviderType or LocalhostProviderBuilder.Unnamed;

    /// <summary>Gives a silo whose port is 0 a free one.</summary>
    public static void ChoosePort(this HostApplicationBuilder builder)
    {
        if (builder.Configuration[SiloPort] == "0")
        {
            builder.Configuration[SiloPort] = $"{LoopbackPorts.Free()}";
        }
    }
}
