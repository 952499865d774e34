using System.Globalization;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using DistGan.Worker.Champions;
using DistGan.Worker.Replicas;

namespace DistGan.Worker.Running;

/// <summary>The champions of one replica: challenged at evaluations on the training thread, written beside it. A rollback takes none back.</summary>
internal sealed class RunChampions(RunSettings run, RunLinks links, RunWriter writer, TrainingClock clock)
{
    private Dictionary<int, Champion>? _champions;

    /// <summary>Lets the generator as it stands challenge the champions, where the recipe keeps any.</summary>
    public void Challenge(IReplicaSession session)
    {
        if (run.Recipe.Techniques.ModeChampions is null)
        {
            return;
        }

        var champions = _champions ??= Load();
        var challenge = clock.Besides(() => session.Challenge(champions.ToDictionary(static pair => pair.Key, static pair => pair.Value.Measured())));
        if (challenge.Won.Count == 0)
        {
            return;
        }

        var step = session.Replica.Step;
        var (added, told) = (new List<(Champion Champion, byte[] Content)>(), new List<Action>());
        foreach (var (mode, quality) in challenge.Won.OrderBy(static pair => pair.Key))
        {
            var packed = ChampionFiles.Pack(run.Replica, run.Assignment.Epoch, step, mode, quality, challenge.Weights);
            var before = champions.GetValueOrDefault(mode);
            champions[mode] = packed.Champion;
            added.Add(packed);
            told.Add(() => Tell(packed.Champion, before));
        }

        Champion[] all = [.. champions.Values];
        writer.Write(Text($"champions of step {step}"), token => WriteAsync(all, added, told, token));
    }

    private async Task WriteAsync(IReadOnlyList<Champion> all, IReadOnlyList<(Champion Champion, byte[] Content)> added, List<Action> told, CancellationToken cancellationToken)
    {
        if (!await links.Coordinator.OwnsAsync(run.Assignment.Replica, run.Assignment.Epoch, cancellationToken))
        {
            return; // a newer owner writes its own
        }

        await ChampionFiles.WriteAsync(run.Store, run.Prefix, run.Replica, all, added, cancellationToken);
        told.ForEach(static tell => tell());
    }

    private void Tell(Champion champion, Champion? before)
    {
        var place = before is null ? "the first" : Text($"in place of that of step {before.Step}, {before.Quality:0.###} ± {before.StandardError:0.###}");
        links.Reports.Record(
            EventKinds.Champion,
            Text($"Champion of mode {champion.Mode}: step {champion.Step}, quality {champion.Quality:0.###} ± {champion.StandardError:0.###}, {place}."),
            new Dictionary<string, double>
            {
                ["mode"] = champion.Mode,
                ["step"] = champion.Step,
                ["quality"] = champion.Quality,
                ["standard_error"] = champion.StandardError,
            },
            RunFiles.ChampionsOf(champion.Replica) + champion.Name);
    }

    private Dictionary<int, Champion> Load()
    {
        if (!run.Assignment.Resume)
        {
            return [];
        }

        var champions = ChampionFiles.ReadAsync(run.Store, run.Prefix, run.Replica, Warn, CancellationToken.None).GetAwaiter().GetResult();
        return champions.ToDictionary(static champion => champion.Mode);
    }

    private void Warn(string message) => links.Reports.Record(EventKinds.Warning, message);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
