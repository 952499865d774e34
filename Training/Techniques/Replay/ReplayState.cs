using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;

namespace DistGan.Training.Techniques.Replay;

/// <summary>The replay state of a replica in a snapshot: images of the round under way, and the draws in use.</summary>
internal static class ReplayState
{
    private const string File = "experience-replay";

    public static void Capture(StateBuilder state, ReplayOutbox outbox, ReplayDraws? draws, ReplayCounters counters)
    {
        state.Add(File, [
            new("outbox.images", "U8", [outbox.Length], outbox.Bytes.ToArray()),
            Numbers("outbox.steps", [.. outbox.Groups.Select(static group => group.Step)]),
            Numbers("outbox.counts", [.. outbox.Groups.Select(static group => (long)group.Count)]),
            new("draws.images", "U8", [draws?.Length ?? 0], draws?.Images.ToArray() ?? []),
            Numbers("draws.steps", [.. draws?.Steps ?? []]),
            Numbers("draws.replicas", [.. draws?.Replicas.Select(static replica => (long)replica) ?? []]),
        ]);
        state.Counters["replay"] = new JsonObject
        {
            ["cursor"] = counters.Cursor,
            ["age_total"] = counters.AgeTotal,
            ["aged"] = counters.Aged,
            ["from_others"] = counters.FromOthers,
            ["boundary"] = draws?.Boundary ?? 0,
            ["draws"] = draws?.Draws ?? -1,
            ["images_per_draw"] = draws?.ImagesPerDraw ?? 0,
            ["fill"] = draws?.Fill ?? 0,
            ["samples_per_insert"] = draws?.SamplesPerInsert ?? 0,
        };
        if (draws?.ShardsMissed is { } missed)
        {
            state.Counters["replay"]!["shards_missed"] = missed;
        }
    }

    public static (ReplayDraws? Draws, ReplayCounters Counters) Restore(StateView state, ReplayOutbox outbox)
    {
        var steps = Numbers(state, "outbox.steps");
        var counts = Numbers(state, "outbox.counts");
        outbox.Restore([.. steps.Zip(counts, static (step, count) => new ReplayGroup(step, (int)count))], state.Array(File, "outbox.images").Bytes.Span);
        var counters = state.Counter("replay");
        var draws = counters["draws"]!.GetValue<int>() < 0 ? null : Draws(state, counters);
        var counted = new ReplayCounters(
            counters["cursor"]!.GetValue<long>(),
            counters["age_total"]!.GetValue<double>(),
            counters["aged"]!.GetValue<long>(),
            counters["from_others"]?.GetValue<long>() ?? 0);
        return (draws, counted);
    }

    private static ReplayDraws Draws(StateView state, JsonNode counters)
    {
        var images = state.Array(File, "draws.images").Bytes;
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, images.Length));
        images.Span.CopyTo(rented);
        return new ReplayDraws(
            counters["boundary"]!.GetValue<long>(),
            counters["draws"]!.GetValue<int>(),
            counters["images_per_draw"]!.GetValue<int>(),
            Numbers(state, "draws.steps"),
            [.. Numbers(state, "draws.replicas").Select(static replica => (int)replica)],
            rented,
            images.Length,
            counters["fill"]!.GetValue<double>())
        {
            SamplesPerInsert = counters["samples_per_insert"]?.GetValue<double>() ?? 0,
            ShardsMissed = counters["shards_missed"]?.GetValue<int>(),
        };
    }

    private static NamedArray Numbers(string name, long[] values)
        => new(name, "I64", [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());

    private static long[] Numbers(StateView state, string name)
        => MemoryMarshal.Cast<byte, long>(state.Array(File, name).Bytes.Span).ToArray();
}
