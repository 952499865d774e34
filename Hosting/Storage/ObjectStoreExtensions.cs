using System.Text.RegularExpressions;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage.Blobs;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DistGan.Hosting.Storage;

/// <summary>Registers the object store that the configuration names.</summary>
public static partial class ObjectStoreExtensions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "DistGan:ObjectStore";

    private const string Directory = "Directory";
    private const string Azure = "AzureBlobStorage";
    private const string DefaultContainer = "distgan";

    /// <summary>
    /// Registers the <see cref="IObjectStore"/> of <c>DistGan:ObjectStore</c>, and a check that it can be written to, which runs before
    /// anything else of the host starts.
    /// </summary>
    /// <exception cref="DistGanException">The section is wrong; the message has every fault of it.</exception>
    public static IServiceCollection AddObjectStore(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (Faults(configuration, section).ToList() is { Count: > 0 } faults)
        {
            throw new DistGanException($"The object store is not configured: {string.Join("; ", faults)}.");
        }

        services.AddSingleton<IObjectStore>(
            IsAzure(configuration)
                ? host => new AzureBlobObjectStore(BlobAccount.Of(host, section).GetBlobContainerClient(ContainerOf(section)))
                : host => new DirectoryObjectStore(section["Path"]!, host.GetService<TimeProvider>()));
        services.AddSingleton(static host => new StoreIdentity(host.GetRequiredService<IObjectStore>()));
        services.AddSingleton<IHostedService, ObjectStoreCheck>();
        return services;
    }

    internal static bool IsAzure(IConfiguration configuration)
        => string.Equals(configuration[$"{Section}:ProviderType"], Azure, StringComparison.OrdinalIgnoreCase);

    private static string ContainerOf(IConfigurationSection section) => section["ContainerName"] is { Length: > 0 } name ? name : DefaultContainer;

    private static IEnumerable<string> Faults(IConfiguration configuration, IConfigurationSection section)
    {
        var kind = section["ProviderType"];
        if (IsAzure(configuration))
        {
            if (BlobAccount.Fault(configuration, section) is { } fault)
            {
                yield return fault;
            }

            if (!ContainerName.IsMatch(ContainerOf(section)))
            {
                yield return $"{Section}:ContainerName is '{ContainerOf(section)}', expected 3 to 63 lower-case letters, digits and single hyphens, the first and last no hyphen";
            }
        }
        else if (string.IsNullOrEmpty(kind) || string.Equals(kind, Directory, StringComparison.OrdinalIgnoreCase))
        {
            if (string.IsNullOrWhiteSpace(section["Path"]))
            {
                yield return $"{Section}:Path is not set: give a folder that every silo and worker sees, or set {Section}:ProviderType to {Azure}";
            }
        }
        else
        {
            yield return $"{Section}:ProviderType is '{kind}', expected {Directory} or {Azure}";
        }
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContainerName { get; }
}
