using DistGan.Grains.Interfaces.Storage;
using StackExchange.Redis;

namespace DistGan.Hosting.Redis;

/// <summary>Tries a Redis before a silo depends on it.</summary>
internal static class RedisConnection
{
    /// <summary>Connects, asks for an answer and disconnects.</summary>
    /// <param name="options">Servers, password and timeouts.</param>
    /// <param name="origin">Where they stand, for the message: a section of the configuration.</param>
    /// <exception cref="ObjectStoreException">No server can be reached, or it refuses the password.</exception>
    public static async Task EnsureUsableAsync(ConfigurationOptions options, string origin)
    {
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            await connection.GetDatabase().PingAsync();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            var where = string.Join(", ", options.EndPoints.Select(static point => point.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal)));
            throw new ObjectStoreException($"Redis at {where} ({origin}) cannot be used: {Reason(exception)}", exception);
        }
    }

    private static string Reason(Exception exception)
        => IsRefused(exception)
            ? "it refuses the user or password. Check 'user=' and 'password=' of the connection string."
            : "no server can be reached. Check the address and the network, and that Redis runs.";

    private static bool IsRefused(Exception exception)
        => exception is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
            || exception.Message.Contains("NOAUTH", StringComparison.Ordinal)
            || exception.Message.Contains("WRONGPASS", StringComparison.Ordinal)
            || (exception.InnerException is { } inner && IsRefused(inner));
}
