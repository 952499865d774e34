using DistGan.Grains.Interfaces.Storage;
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
        return builder.UseDistGanSerialization().AddGrainState();
    }
}
