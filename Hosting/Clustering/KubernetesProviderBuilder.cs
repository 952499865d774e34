using DistGan.Hosting.Clustering;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Providers;
using StackExchange.Redis;

[assembly: RegisterProvider(KubernetesProviderBuilder.ProviderType, "Clustering", "Silo", typeof(KubernetesProviderBuilder))]
[assembly: RegisterProvider(KubernetesProviderBuilder.ProviderType, "Clustering", "Client", typeof(KubernetesProviderBuilder))]

namespace DistGan.Hosting.Clustering;

/// <summary>
/// Silos in pods: members are listed in a Redis; name, address and cluster come from the pod, and a silo whose pod is gone is declared
/// dead at once.
/// </summary>
internal sealed class KubernetesProviderBuilder : IProviderBuilder<ISiloBuilder>, IProviderBuilder<IClientBuilder>
{
    public const string ProviderType = "Kubernetes";

    // Set by Kubernetes in each container.
    private const string InPod = "KUBERNETES_SERVICE_HOST";

    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(InPod)))
        {
            throw new DistGanException(
                $"{configurationSection.Path}:ProviderType is {ProviderType}, but this process runs in no pod ({InPod} is not set): outside of Kubernetes use Redis.");
        }

        var redis = Redis(builder.Configuration, configurationSection);
        builder.UseRedisClustering(options => options.ConfigurationOptions = redis);
        builder.UseKubernetesHosting();
    }

    public void Configure(IClientBuilder builder, string? name, IConfigurationSection configurationSection)
    {
        var redis = Redis(builder.Configuration, configurationSection);
        builder.UseRedisClustering(options => options.ConfigurationOptions = redis);
    }

    private static ConfigurationOptions Redis(IConfiguration configuration, IConfigurationSection section)
    {
        var connection = section["ConnectionString"] is { Length: > 0 } own ? own
            : section["ConnectionName"] is { Length: > 0 } named ? configuration.GetConnectionString(named)
            : null;
        return string.IsNullOrEmpty(connection)
            ? throw new DistGanException($"{section.Path} names no Redis: set ConnectionString (host:6379,password=…), or ConnectionName and that key of ConnectionStrings.")
            : ConfigurationOptions.Parse(connection);
    }
}
