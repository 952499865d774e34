using System.Net;
using System.Net.Sockets;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Jobs;
using DistGan.Hosting.Processes;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace DistGan.Client.Clusters;

/// <summary>This process as a client of a cluster.</summary>
public sealed class ClusterConnection : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly IHost _host;

    private ClusterConnection(IHost host)
    {
        _host = host;
        Jobs = new GrainJobControl(host.Services.GetRequiredService<IGrainFactory>());
    }

    /// <summary>The jobs of the cluster.</summary>
    public IJobControl Jobs { get; }

    /// <summary>Connects.</summary>
    /// <param name="address">Which cluster.</param>
    /// <param name="limit">How long to try.</param>
    /// <exception cref="CommandException">The configuration is wrong, or nobody answers.</exception>
    public static async Task<ClusterConnection> OpenAsync(ClusterAddress address, TimeSpan limit)
    {
        await RequireLocalSiloAsync(address);
        var host = Build(address);
        using var deadline = new CancellationTokenSource(limit);
        try
        {
            await host.StartAsync(deadline.Token).WaitAsync(deadline.Token);
            return new(host);
        }
        catch (Exception exception)
        {
            host.Dispose();
            var why = exception is OperationCanceledException ? $"nobody answers within {limit.TotalSeconds:0} seconds" : (exception.InnerException ?? exception).Message.TrimEnd('.');
            throw Unreachable(address, why, exception);
        }
    }

    /// <summary>The sentence about a cluster that does not answer.</summary>
    internal static CommandException Unreachable(ClusterAddress address, string why, Exception exception)
        => new(ExitCodes.Unreachable, $"{char.ToUpperInvariant($"{address}"[0])}{$"{address}"[1..]} cannot be reached ({why}): start a silo, or name another one with --cluster.", exception);

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(StopWithin);
        try
        {
            await _host.StopAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or OrleansException)
        {
            // The answer is there; the cluster need not say goodbye.
        }

        _host.Dispose();
    }

    /// <summary>A port of this machine that refuses is not going to answer: nobody waits for it.</summary>
    private static async Task RequireLocalSiloAsync(ClusterAddress address)
    {
        if (!ClusterHost.IsLocal(address.Configuration) || LocalhostProviderBuilder.GatewayOf(address.Configuration) is not { } port)
        {
            return;
        }

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            throw Unreachable(address, $"no silo listens on port {port} of this machine", exception);
        }
    }

    private static IHost Build(ClusterAddress address)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(address.Configuration);
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        try
        {
            builder.UseOrleansClient(static client => client.UseClustering());
            return builder.Build();
        }
        catch (Exception exception) when (exception is DistGanException or OrleansException or InvalidOperationException)
        {
            throw new CommandException(ExitCodes.Usage, $"The configuration of {address} is wrong: {exception.Message}", exception);
        }
    }
}
