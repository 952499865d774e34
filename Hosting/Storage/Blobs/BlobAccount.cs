using Azure.Storage.Blobs;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DistGan.Hosting.Storage.Blobs;

/// <summary>
/// Finds the storage account of a section of the configuration, by the keys that Orleans' providers have: <c>ServiceKey</c> names a
/// <see cref="BlobServiceClient"/> of the host, <c>ConnectionString</c> is one, <c>ConnectionName</c> names one of <c>ConnectionStrings</c>.
/// </summary>
internal static class BlobAccount
{
    public static BlobServiceClient Of(IServiceProvider services, IConfigurationSection section)
    {
        if (section["ServiceKey"] is { Length: > 0 } key)
        {
            return services.GetKeyedService<BlobServiceClient>(key)
                ?? throw new DistGanException($"{section.Path}:ServiceKey is '{key}', but the host has no BlobServiceClient of that name: register one with AddKeyedSingleton.");
        }

        var (connection, origin) = Connection(services.GetRequiredService<IConfiguration>(), section);
        return BlobConnection.Open(connection ?? throw new DistGanException(Missing(section)), origin);
    }

    /// <summary>What is wrong with a section, without opening anything; null where nothing is.</summary>
    public static string? Fault(IConfiguration configuration, IConfigurationSection section)
    {
        if (section["ServiceKey"] is { Length: > 0 })
        {
            return null;
        }

        var (connection, origin) = Connection(configuration, section);
        if (connection is null)
        {
            return origin.StartsWith("ConnectionStrings:", StringComparison.Ordinal)
                ? $"{section.Path}:ConnectionName names {origin}, which is not set"
                : Missing(section);
        }

        try
        {
            BlobConnection.Open(connection, origin);
            return null;
        }
        catch (DistGanException exception)
        {
            return exception.Message.TrimEnd('.');
        }
    }

    private static string Missing(IConfigurationSection section)
        => $"{section.Path} names no account: set ConnectionString, ConnectionName (a key of ConnectionStrings) or ServiceKey";

    private static (string? Connection, string Origin) Connection(IConfiguration configuration, IConfigurationSection section)
    {
        if (section["ConnectionString"] is { Length: > 0 } connection)
        {
            return (connection, $"{section.Path}:ConnectionString");
        }

        return section["ConnectionName"] is { Length: > 0 } name
            ? (configuration.GetConnectionString(name) is { Length: > 0 } named ? named : null, $"ConnectionStrings:{name}")
            : (null, section.Path);
    }
}
