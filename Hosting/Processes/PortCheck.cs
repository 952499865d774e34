using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace DistGan.Hosting.Processes;

/// <summary>Refuses ports that somebody listens on: the runtime would share them in silence, and whoever calls would reach the one or the other.</summary>
internal sealed class PortCheck(IConfiguration configuration) : IHostedService
{
    private const string Section = "Orleans:Endpoints:";

    /// <summary>One's own address answers at once; a wrong one is told by the runtime.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <exception cref="DistGanException">A port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RequireAsync("SiloPort", EndpointOptions.DEFAULT_SILO_PORT, cancellationToken);
        await RequireAsync("GatewayPort", EndpointOptions.DEFAULT_GATEWAY_PORT, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RequireAsync(string key, int standard, CancellationToken cancellationToken)
    {
        var port = int.TryParse(configuration[Section + key], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : standard;
        var address = IPAddress.TryParse(configuration[$"{Section}AdvertisedIPAddress"], out var advertised) ? advertised : IPAddress.Loopback;
        if (port is > 0 and <= IPEndPoint.MaxPort && await IsTakenAsync(new(address, port), cancellationToken))
        {
            throw new DistGanException($"another process listens on port {port}: choose another with {Section}{key}, or stop that one.");
        }
    }

    private static async Task<bool> IsTakenAsync(IPEndPoint place, CancellationToken cancellationToken)
    {
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(place, limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
