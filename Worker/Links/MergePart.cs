using DistGan.Grains.Interfaces.Parameters;
using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>One shard of one vector on its way through a round.</summary>
internal sealed class MergePart(MergedVector vector, int shard, ReadOnlyMemory<float> contributed)
{
    public MergedVector Vector { get; } = vector;

    public int Shard { get; } = shard;

    public ReadOnlyMemory<float> Contributed { get; } = contributed;

    /// <summary>The numbers as they were sent.</summary>
    public PackedPart? Packed { get; set; }

    public MergeTicket? Ticket { get; set; }

    /// <summary>The outcome of its round; null where its numbers were refused.</summary>
    public MergeAnswer? Answer { get; set; }

    /// <summary>Whether the replica goes to the outcome: as a member, or because it was left behind.</summary>
    private bool Moves => Answer is { Values.IsEmpty: false } answer && (answer.Members > 0 || IsStale);

    private bool IsStale => Ticket?.Outcome == OfferOutcome.Stale;

    public static IEnumerable<MergePart> Cut(MergedVector vector, ReadOnlyMemory<float> values)
    {
        for (var (shard, start) = (0, 0); start < values.Length; shard++, start += ParameterLink.ShardLength)
        {
            yield return new MergePart(vector, shard, values.Slice(start, Math.Min(ParameterLink.ShardLength, values.Length - start)));
        }
    }

    /// <summary>Puts the shards together; one without an outcome stays where it is.</summary>
    public static MergedParameters Join(MergeContribution contribution, IReadOnlyList<MergePart> parts)
    {
        var moving = parts.Where(static part => part.Moves).ToList();
        var targets = parts.GroupBy(static part => part.Vector)
            .Where(static vector => vector.Any(static part => part.Moves))
            .ToDictionary(static vector => vector.Key, vector => new MergeTarget(contribution.Vectors[vector.Key], Target(vector, contribution.Vectors[vector.Key].Length)));

        // One that was left behind goes all the way, whatever the rule.
        var pull = moving.Exists(static part => part.IsStale) || moving.Count == 0 ? 1 : moving.Min(static part => part.Answer!.Pull);
        return new MergedParameters(
            contribution.Boundary,
            moving.Count == 0 ? contribution.Version : moving.Min(static part => part.Answer!.Version),
            parts.Count == 0 ? 0 : parts.Min(static part => part.Answer?.Members ?? 0),
            pull,
            targets);
    }

    private static float[] Target(IEnumerable<MergePart> shards, int length)
    {
        var target = new float[length];
        foreach (var part in shards)
        {
            (part.Moves ? part.Answer!.Values : part.Contributed).CopyTo(target.AsMemory(part.Shard * ParameterLink.ShardLength));
        }

        return target;
    }
}
