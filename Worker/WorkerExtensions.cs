using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Training.Data.Sources;
using DistGan.Worker.Data;
using DistGan.Worker.Replicas;
using DistGan.Worker.Running;
using DistGan.Worker.Slots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace DistGan.Worker;

/// <summary>Makes a silo a worker.</summary>
public static partial class WorkerExtensions
{
    /// <summary>
    /// Adds slots, trainer grains and the registration with the directory. The silo must have an object store and job paths;
    /// an <see cref="IReplicaFactory"/> that is registered before takes the place of the real one.
    /// </summary>
    /// <exception cref="DistGanException">An option is out of bounds.</exception>
    public static ISiloBuilder AddWorker(this ISiloBuilder silo, WorkerOptions options)
    {
        Check(options);
        silo.Services.AddSingleton(options);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton(StoreIdentity.Shared);
        silo.Services.TryAddSingleton<IReplicaFactory, TrainingReplicaFactory>();
        silo.Services.AddSingleton<IRunGrains, ClusterGrains>();
        silo.Services.TryAddSingleton(services => new StoredDataCache(DataPlaces.OfUser(), services.GetRequiredService<TimeProvider>(), options.DataBytes));
        silo.Services.AddSingleton<SlotHost>();
        silo.Services.AddSingleton<WorkerRegistrar>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<WorkerRegistrar>());
        return silo;
    }

    private static void Check(WorkerOptions options)
    {
        var results = new List<ValidationResult>();
        _ = Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var messages = results.Select(result => result.ErrorMessage!)
            .Concat(options.Devices.Where(device => !DeviceName().IsMatch(device)).Select(device => $"Device '{device}' is neither cpu nor cuda:I."))
            .ToArray();
        if (messages.Length > 0)
        {
            throw new DistGanException("The worker cannot start: " + string.Join(' ', messages));
        }
    }

    [GeneratedRegex("^(cpu|cuda:[0-9]{1,3})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DeviceName();
}
