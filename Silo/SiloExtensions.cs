using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Workers;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.GrainStorage;
using DistGan.Recipes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;

namespace DistGan.Silo;

/// <summary>Makes a silo a control plane.</summary>
public static class SiloExtensions
{
    /// <summary>
    /// Registers what the coordinator, replay, parameter, catalog and directory grains need. The host brings its
    /// <see cref="IObjectStore"/> and <see cref="IJobPaths"/>.
    /// </summary>
    /// <exception cref="DistGanException">The section <c>DistGan:Placement</c> of the configuration is wrong.</exception>
    public static ISiloBuilder AddControlPlane(this ISiloBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(StoreIdentity.Shared);
        _ = PlacementConfiguration.Read(builder.Configuration);
        builder.Services.AddOptions<PlacementOptions>().BindConfiguration(PlacementOptions.Section);
        return builder.UseDistGanSerialization().AddGrainState();
    }
}
