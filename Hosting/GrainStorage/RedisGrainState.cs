using Microsoft.Extensions.DependencyInjection;
using Orleans.Persistence;

namespace DistGan.Hosting.GrainStorage;

/// <summary>How this project uses Microsoft.Orleans.Persistence.Redis.</summary>
internal static class RedisGrainState
{
    public const string ProviderType = "Redis";

    /// <summary>Pins the format of a state, and deletes the key of one that is cleared: an empty one would still count as stored.</summary>
    public static void Pin(IServiceCollection services, string name)
        => services.PostConfigure<RedisStorageOptions>(name, static redis =>
        {
            redis.GrainStorageSerializer = new StateSerializer();
            redis.DeleteStateOnClear = true;
        });
}
