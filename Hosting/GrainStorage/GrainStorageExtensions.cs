using DistGan.Grains.Interfaces.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;

namespace DistGan.Hosting.GrainStorage;

/// <summary>Registers grain storage.</summary>
public static class GrainStorageExtensions
{
    /// <summary>Keeps grain state in the host's <see cref="IObjectStore"/>, as the default and under <see cref="ObjectStoreGrainStorage.ProviderName"/>.</summary>
    public static ISiloBuilder AddObjectStoreGrainStorage(this ISiloBuilder builder)
    {
        builder.Services.AddGrainStorage(ObjectStoreGrainStorage.ProviderName, static (services, _) => New(services));
        builder.Services.AddGrainStorage(Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, static (services, _) => New(services));
        return builder;
    }

    private static ObjectStoreGrainStorage New(IServiceProvider services)
        => new(services.GetRequiredService<IObjectStore>(), services.GetRequiredService<IActivatorProvider>());
}
