using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;

namespace DistGan.Hosting.Clustering;

/// <summary>How a process takes part in a cluster.</summary>
public static class HostingExtensions
{
    public const string ServiceId = "distgan";

    /// <summary>A cluster of this process alone: a random loopback port, a cluster id of its own, no gateway, and only failures in the log.</summary>
    public static ISiloBuilder UseEmbeddedClustering(this ISiloBuilder builder)
    {
        var port = LoopbackPorts.Free();
        builder.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, port));
        builder.Configure<ClusterOptions>(options =>
        {
            options.ServiceId = ServiceId;
            options.ClusterId = $"embedded-{Guid.NewGuid():N}";
        });
        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = port;
            options.GatewayPort = 0;
        });
        builder.Services.AddLogging(logging => logging
            .AddFilter("Orleans", LogLevel.Error)
            .AddFilter("Microsoft", LogLevel.Warning));
        return builder.UseDistGanSerialization();
    }

    /// <summary>Lets the project's exceptions cross grain calls as what they are.</summary>
    public static ISiloBuilder UseDistGanSerialization(this ISiloBuilder builder)
    {
        builder.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add("DistGan"));
        return builder;
    }
}
