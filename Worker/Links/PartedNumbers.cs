using DistGan.Grains.Interfaces.Discriminators;

namespace DistGan.Worker.Links;

/// <summary>Numbers cut into parts that fit a message, and put together again.</summary>
internal static class PartedNumbers
{
    private const int CallsInFlight = 4;

    /// <summary>Parts of so many numbers.</summary>
    public static int Parts(int length) => (length + ParameterLink.ShardLength - 1) / ParameterLink.ShardLength;

    /// <summary>Sends all parts, at most four at a time.</summary>
    public static Task SendAsync(VersionId version, ReadOnlyMemory<float> numbers, Func<NumbersPart, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        var parts = Parts(numbers.Length);
        return ForEachAsync(
            parts,
            (part, token) =>
            {
                var start = part * ParameterLink.ShardLength;
                var values = numbers.Slice(start, Math.Min(ParameterLink.ShardLength, numbers.Length - start));
                return new ValueTask(send(new NumbersPart { Version = version, Part = part, Parts = parts, Values = values }, token));
            },
            cancellationToken);
    }

    /// <summary>Reads all parts, at most four at a time; null where one is gone.</summary>
    public static async Task<float[]?> ReadAsync(int parts, Func<int, CancellationToken, Task<ReadOnlyMemory<float>>> read, CancellationToken cancellationToken)
    {
        var all = new ReadOnlyMemory<float>[parts];
        await ForEachAsync(parts, async (part, token) => all[part] = await read(part, token), cancellationToken);
        if (parts == 0 || Array.Exists(all, static part => part.IsEmpty))
        {
            return null;
        }

        var whole = new float[all.Sum(static part => part.Length)];
        var at = 0;
        foreach (var part in all)
        {
            part.CopyTo(whole.AsMemory(at));
            at += part.Length;
        }

        return whole;
    }

    private static Task ForEachAsync(int count, Func<int, CancellationToken, ValueTask> body, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
            body);
}
