using System.Net;
using DistGan.Hosting.Clustering;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Orleans.Configuration;
using Orleans.Providers;

[assembly: RegisterProvider(LocalhostProviderBuilder.ProviderType, "Clustering", "Silo", typeof(LocalhostProviderBuilder))]
[assembly: RegisterProvider(LocalhostProviderBuilder.ProviderType, "Clustering", "Client", typeof(LocalhostProviderBuilder))]
[assembly: RegisterProvider(LocalhostProviderBuilder.Unnamed, "Clustering", "Silo", typeof(LocalhostProviderBuilder))]
[assembly: RegisterProvider(LocalhostProviderBuilder.Unnamed, "Clustering", "Client", typeof(LocalhostProviderBuilder))]

namespace DistGan.Hosting.Clustering;

/// <summary>Silos of one machine: the first one keeps the list of members in its memory, so that the cluster ends with it.</summary>
public sealed class LocalhostProviderBuilder : IProviderBuilder<ISiloBuilder>, IProviderBuilder<IClientBuilder>
{
    public const string ProviderType = "Localhost";

    // What Orleans looks for where a section says no ProviderType.
    public const string Unnamed = "Default";

    private const string Endpoints = "Orleans:Endpoints";

    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection)
    {
        var siloPort = Port(builder.Configuration, "SiloPort", EndpointOptions.DEFAULT_SILO_PORT);
        var gatewayPort = Port(builder.Configuration, "GatewayPort", EndpointOptions.DEFAULT_GATEWAY_PORT);
        builder.UseDevelopmentClustering(Primary(configurationSection) ?? new IPEndPoint(IPAddress.Loopback, siloPort));
        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
        });
    }

    public void Configure(IClientBuilder builder, string? name, IConfigurationSection configurationSection)
        => builder.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, Port(builder.Configuration, "GatewayPort", EndpointOptions.DEFAULT_GATEWAY_PORT)));

    /// <summary>The gateway port that a client of this configuration calls; null where what is configured is none, which the start says.</summary>
    public static int? GatewayOf(IConfiguration configuration)
        => configuration[$"{Endpoints}:GatewayPort"] is not { Length: > 0 } text ? EndpointOptions.DEFAULT_GATEWAY_PORT
            : ushort.TryParse(text, out var port) && port > 0 ? port
            : null;

    private static IPEndPoint? Primary(IConfigurationSection section)
        => section["PrimarySilo"] is not { Length: > 0 } text ? null
            : IPEndPoint.TryParse(text, out var primary) && primary.Port > 0 ? primary
            : throw new DistGanException($"{section.Path}:PrimarySilo is '{text}', expected an address and a port such as 127.0.0.1:{EndpointOptions.DEFAULT_SILO_PORT}.");

    private static int Port(IConfiguration configuration, string key, int standard)
        => configuration[$"{Endpoints}:{key}"] is not { Length: > 0 } text ? standard
            : ushort.TryParse(text, out var port) && (port > 0 || key == "GatewayPort") ? port
            : throw new DistGanException($"{Endpoints}:{key} is '{text}', expected a port from 1 to 65535.");
}
