using DistGan.Hosting.Redis;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Serialization;

namespace DistGan.Hosting.Clustering;

/// <summary>Joins a process to the cluster that the section <c>Orleans</c> of the configuration names.</summary>
public static class ClusteringExtensions
{
    private const string Section = "Orleans:Clustering";

    // What Orleans has where nobody says anything.
    private const string Unnamed = "default";

    /// <summary>
    /// Takes part as a silo. <c>Orleans:Clustering:ProviderType</c> is Localhost (the default: silos of this machine), Redis (members
    /// are listed in a Redis), or Kubernetes (the same, and the pods are watched); Orleans itself has read it when the builder was made.
    /// <c>DistGan:Membership</c> says when the others give a silo up.
    /// </summary>
    /// <exception cref="DistGanException">The configuration is wrong.</exception>
    public static ISiloBuilder UseClustering(this ISiloBuilder builder)
    {
        var section = builder.Configuration.GetSection(Section);
        if (!section.Exists())
        {
            new LocalhostProviderBuilder().Configure(builder, name: null, section);
        }

        RequireRedis(builder.Configuration, section);
        Name(builder.Services);
        CheckRedis(builder.Services);
        builder.UseMembership();
        return builder.UseDistGanSerialization();
    }

    /// <summary>Connects as a client, by the same section.</summary>
    public static IClientBuilder UseClustering(this IClientBuilder builder)
    {
        var section = builder.Configuration.GetSection(Section);
        if (!section.Exists())
        {
            new LocalhostProviderBuilder().Configure(builder, name: null, section);
        }

        RequireRedis(builder.Configuration, section);
        Name(builder.Services);
        CheckRedis(builder.Services);
        builder.Services.Configure<ExceptionSerializationOptions>(static options => options.SupportedNamespacePrefixes.Add("DistGan"));
        return builder;
    }

    /// <exception cref="DistGanException">Redis keeps the members, and nothing says which.</exception>
    private static void RequireRedis(IConfiguration configuration, IConfigurationSection section)
    {
        var isNamed = section["ConnectionName"] is { Length: > 0 } name && configuration.GetConnectionString(name) is { Length: > 0 };
        if (section["ProviderType"] == "Redis" && !isNamed && string.IsNullOrEmpty(section["ConnectionString"]) && string.IsNullOrEmpty(section["ServiceKey"]))
        {
            throw new DistGanException($"{Section} names no Redis: set ConnectionString (host:6379,password=…), or ConnectionName and that key of ConnectionStrings.");
        }
    }

    private static void Name(IServiceCollection services)
        => services.PostConfigure<ClusterOptions>(static options =>
        {
            options.ServiceId = options.ServiceId is null or "" or Unnamed ? HostingExtensions.ServiceId : options.ServiceId;
            options.ClusterId = options.ClusterId is null or "" or Unnamed ? HostingExtensions.ServiceId : options.ClusterId;
        });

    private static void CheckRedis(IServiceCollection services)
        => services.AddSingleton<IHostedService>(static host => new RedisCheck(
            () => host.GetRequiredService<IOptions<RedisClusteringOptions>>().Value.ConfigurationOptions, Section));
}
