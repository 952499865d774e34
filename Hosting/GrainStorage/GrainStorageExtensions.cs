using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Redis;
using DistGan.Hosting.Storage;
using DistGan.Hosting.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Persistence;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace DistGan.Hosting.GrainStorage;

/// <summary>Registers grain storage.</summary>
public static class GrainStorageExtensions
{
    private const string Name = ObjectStoreGrainStorage.ProviderName;
    private const string Section = $"Orleans:GrainStorage:{Name}";

    /// <summary>
    /// Keeps grain state where the configuration says: in what <c>Orleans:GrainStorage:objects</c> names (ProviderType Redis or
    /// AzureBlobStorage), else in the account of the object store where that is Azure, else in the object store itself.
    /// </summary>
    public static ISiloBuilder AddGrainState(this ISiloBuilder builder)
    {
        var section = builder.Configuration.GetSection(Section);
        if (section.Exists())
        {
            // Orleans has registered it from the configuration, when the silo's builder was made.
            return Adopt(builder, section["ProviderType"] ?? "the configured storage", pin: string.IsNullOrEmpty(section["SerializerKey"]));
        }

        if (ObjectStoreExtensions.IsAzure(builder.Configuration))
        {
            AzureGrainState.Add(
                builder, Name, services => BlobAccount.Of(services, builder.Configuration.GetSection(ObjectStoreExtensions.Section)), AzureBlobGrainStorage.DefaultContainer);
            return Adopt(builder, AzureGrainState.ProviderType, pin: true);
        }

        return builder.AddObjectStoreGrainStorage();
    }

    /// <summary>Keeps grain state in the host's <see cref="IObjectStore"/>, as the default and under <see cref="ObjectStoreGrainStorage.ProviderName"/>.</summary>
    public static ISiloBuilder AddObjectStoreGrainStorage(this ISiloBuilder builder)
    {
        builder.Services.AddGrainStorage(Name, static (services, _) => new ObjectStoreGrainStorage(
            services.GetRequiredService<IObjectStore>(), services.GetRequiredService<IActivatorProvider>()));
        return AlsoAsDefault(builder);
    }

    private static ISiloBuilder Adopt(ISiloBuilder builder, string provider, bool pin)
    {
        var services = builder.Services;
        var registered = services.Last(static service => service.IsKeyedService && service.ServiceType == typeof(IGrainStorage) && Name.Equals(service.ServiceKey));
        services.Remove(registered);
        services.AddKeyedSingleton<IGrainStorage>(Name, (host, key) => new ContractGrainStorage(
            provider, (IGrainStorage)registered.KeyedImplementationFactory!(host, key), host.GetRequiredService<IActivatorProvider>()));
        if (pin)
        {
            RedisGrainState.Pin(services, Name);
            AzureGrainState.Pin(services, Name);
        }

        if (provider == RedisGrainState.ProviderType)
        {
            services.AddSingleton<IHostedService>(static host => new RedisCheck(
                () => host.GetRequiredService<IOptionsMonitor<RedisStorageOptions>>().Get(Name).ConfigurationOptions, Section));
        }

        return AlsoAsDefault(builder);
    }

    private static ISiloBuilder AlsoAsDefault(ISiloBuilder builder)
    {
        builder.Services.AddGrainStorage(
            Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, static (services, _) => services.GetRequiredKeyedService<IGrainStorage>(Name));
        return builder;
    }
}
