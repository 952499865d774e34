using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Workers;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.GrainStorage;
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
    public static ISiloBuilder AddControlPlane(this ISiloBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<PlacementOptions>().BindConfiguration(PlacementOptions.Section)
            .Validate(static options => options.Faults().Count == 0, $"{PlacementOptions.Section}: a value is out of its bounds, which docs/placement.md lists.")
            .ValidateOnStart();
        return builder.UseDistGanSerialization().AddGrainState();
    }
}
