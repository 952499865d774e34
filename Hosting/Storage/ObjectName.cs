using System.Buffers;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Storage;

/// <summary>The rule for names of objects.</summary>
public static class ObjectName
{
    /// <summary>Longest segment that every file system takes.</summary>
    public const int MaxSegmentLength = 255;

    /// <summary>What a store keeps for itself lies under this segment and is no object.</summary>
    public const string Reserved = ".store";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Refuses a name that is not segments of letters, digits, '.', '_' and '-' with '/' between them.</summary>
    /// <exception cref="ObjectStoreException">The name is not allowed.</exception>
    public static void Validate(string name)
    {
        if (!IsValid(name))
        {
            throw new ObjectStoreException(
                $"The object name '{name}' is not allowed: use segments of letters, digits, '.', '_' and '-' with '/' between them, none of them '.' or '..'.");
        }
    }

    /// <summary>Refuses what <see cref="Validate"/> refuses, and names that belong to the store itself.</summary>
    /// <exception cref="ObjectStoreException">The name is not allowed.</exception>
    public static void ValidateObject(string name)
    {
        Validate(name);
        if (IsReserved(name))
        {
            throw new ObjectStoreException($"The object name '{name}' is not allowed: '{Reserved}' belongs to the store itself.");
        }
    }

    /// <summary>Whether a name belongs to the store itself.</summary>
    public static bool IsReserved(string name) => name == Reserved || name.StartsWith(Reserved + "/", StringComparison.Ordinal);

    /// <summary>Whether a name is allowed.</summary>
    public static bool IsValid(string name)
    {
        foreach (var range in name.AsSpan().Split('/'))
        {
            var segment = name.AsSpan(range);
            if (segment.IsEmpty || segment.Length > MaxSegmentLength || segment is "." or ".."
                || segment.ContainsAnyExcept(Allowed))
            {
                return false;
            }
        }

        return true;
    }
}
