using System.Globalization;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>Replicas of a population: the worst take the place of the best.</summary>
internal sealed partial class CoordinatorGrain
{
    private const int LongNumber = 10;

    /// <summary>Replicas that were evaluated since the last look.</summary>
    private readonly SortedSet<int> _evaluated = [];

    /// <summary>Remembers a score by which a replica is compared, and asks for a comparison.</summary>
    private void TakeLoss(CoordinatorState.ReplicaRecord replica, ReplicaEvent entry)
    {
        if (Scores.LossOf(entry.Data) is not { } loss)
        {
            return;
        }

        (replica.Member.Loss, replica.Member.Scored, replica.Member.Rescued) = (loss, (long)entry.Data.GetValueOrDefault("step"), false);
        if (RecipeInForce().Topology.Populates() && _evaluated.Add(replica.Ordinal))
        {
            CheckSoon();
        }
    }

    /// <summary>Asks each replica to end that has been evaluated and is to take the place of another one. What is planned is stored first.</summary>
    private async Task SelectAsync()
    {
        var (evaluated, recipe) = (_evaluated.ToList(), RecipeInForce());
        _evaluated.Clear();
        if (evaluated.Count == 0 || !recipe.Topology.Populates() || IsEnding)
        {
            return;
        }

        var rule = new PopulationRule(recipe.Topology.Population, recipe.Seed);
        var members = Members();
        var changing = State.Replicas
            .Where(replica => evaluated.Contains(replica.Ordinal) && replica is { Outcome: null, Lease: not 0, Leaving: LeavingReason.None })
            .Where(replica => TryPlan(replica, rule, recipe, members))
            .ToList();
        if (changing.Count > 0)
        {
            await StoreAsync(CancellationToken.None);
            foreach (var replica in changing)
            {
                await TryInterruptAsync(replica);
            }
        }
    }

    private List<PopulationMember> Members()
        => [.. State.Replicas
            .Where(static replica => replica is { Member.Loss: not null, Outcome: null or ReplicaOutcome.Completed })
            .Select(static replica => new PopulationMember(
                replica.Ordinal, replica.Member.Scored, replica.Member.Loss!.Value, replica.Member.Changed, replica.Member.Snapshot is not null && replica.Member.Adopts is null))];

    private bool TryPlan(CoordinatorState.ReplicaRecord replica, PopulationRule rule, Recipe recipe, List<PopulationMember> members)
    {
        if (rule.Choose(replica.Ordinal, members) is not var (chosen, draws))
        {
            return false;
        }

        replica.Leaving = LeavingReason.Exploits;
        replica.Member.Plan = PlanOf(recipe, replica, RecordOf(chosen.Replica), draws);
        return true;
    }

    /// <summary>One that cannot go on takes the place of a better one, unless it failed like that before its next score.</summary>
    private bool TryRescue(CoordinatorState.ReplicaRecord replica, string? failure)
    {
        var recipe = RecipeInForce();
        if (IsEnding || replica.Member.Rescued || !recipe.Topology.Populates()
            || new PopulationRule(recipe.Topology.Population, recipe.Seed).Rescue(replica.Ordinal, replica.Step, Members()) is not var (chosen, draws))
        {
            return false;
        }

        replica.Member.Rescued = true;
        replica.Member.Plan = PlanOf(recipe, replica, RecordOf(chosen.Replica), draws);
        replica.Member.Plan.Failure = failure ?? "it gives no reason.";
        return true;
    }

    private static ExploitPlan PlanOf(Recipe recipe, CoordinatorState.ReplicaRecord replica, CoordinatorState.ReplicaRecord donor, Random draws)
        => new()
        {
            Donor = donor.Ordinal,
            Snapshot = donor.Member.Snapshot!,
            DonorStep = donor.Member.SnapshotStep,
            Scores = replica.Member.Loss < double.MaxValue ? Scores.First(replica.Scores) : [],
            DonorScores = Scores.First(donor.Scores),
            Values = MemberValues.Vary(recipe, ValuesOf(recipe, donor), draws).ToDictionary(),
        };

    /// <summary>A replica that has ended to take the place of another one goes on under a new epoch, on the slot that it has.</summary>
    private async Task ExploitAsync(CoordinatorState.ReplicaRecord replica, bool workerLeaves)
    {
        var member = replica.Member;
        var plan = Renewed(member.Plan!);
        await TellExploitAsync(replica, plan);
        (member.Values, member.Changed, member.Plan) = (plan.Values, replica.Step, null);
        (member.Adopts, member.AdoptsSince) = (plan.Snapshot, replica.Epoch);
        (replica.Leaving, replica.Epoch) = (LeavingReason.None, replica.Epoch + 1);
        if (workerLeaves)
        {
            await TryReleaseAsync(replica);
        }
        else
        {
            // The lease stays; the next look finds it without an owner and starts the replica there.
            replica.Hold(null);
        }

        CheckSoon();
    }

    /// <summary>With the other one's newest snapshot, where it has taken one since and has not changed itself.</summary>
    private ExploitPlan Renewed(ExploitPlan plan)
    {
        if (RecordOf(plan.Donor).Member is { Adopts: null, Snapshot: { } newest } donor && donor.Changed <= plan.DonorStep)
        {
            (plan.Snapshot, plan.DonorStep) = (newest, donor.SnapshotStep);
        }

        return plan;
    }

    private Task TellExploitAsync(CoordinatorState.ReplicaRecord replica, ExploitPlan plan)
    {
        var before = replica.Member.Values;
        var changes = plan.Values.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value).OrderBy(static pair => pair.Key, StringComparer.Ordinal).ToList();
        var data = new Dictionary<string, double> { ["step"] = replica.Step, ["donor"] = plan.Donor, ["donor_step"] = plan.DonorStep };
        foreach (var (name, value) in plan.Scores)
        {
            data[name] = value;
        }

        foreach (var (name, value) in plan.DonorScores)
        {
            data[$"donor_{name}"] = value;
        }

        foreach (var (key, value) in changes)
        {
            AddNumber(data, key, value);
            AddNumber(data, $"{key}.from", before.GetValueOrDefault(key));
        }

        var what = changes.Count == 0 ? "nothing else changes" : string.Join(", ", changes.Select(change => $"{change.Key} {Shown(before.GetValueOrDefault(change.Key, "none"))} → {Shown(change.Value)}"));
        return _log!.AddAsync(
            EventKinds.Exploited,
            $"Replica {replica.Ordinal}{Text(plan.Scores)} {(plan.Failure is { } failure ? $"has failed ({failure.TrimEnd('.')}) and " : "")}goes on at step {replica.Step} from the snapshot of step {plan.DonorStep} of replica {plan.Donor}{Text(plan.DonorScores)}: {what}.",
            replica.Ordinal,
            replica.Epoch,
            data);

        // A product of rates has digits that nobody chose.
        static string Shown(string value) => value.Length > LongNumber && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("G5", CultureInfo.InvariantCulture) : value;

        static string Text(Dictionary<string, double> scores)
            => scores.Count == 0 ? "" : $" ({string.Join(", ", scores.Select(static score => string.Create(CultureInfo.InvariantCulture, $"{score.Key} {score.Value:0.###}")))})";
    }

    private static void AddNumber(Dictionary<string, double> data, string key, string? text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            data[key] = number;
        }
    }

    /// <summary>What a replica has in place of the recipe; its first values are a function of the recipe.</summary>
    private static Dictionary<string, string> ValuesOf(Recipe recipe, CoordinatorState.ReplicaRecord replica)
    {
        if (recipe.Topology.Populates() && replica.Member.Values.Count == 0)
        {
            replica.Member.Values = MemberValues.Initial(recipe, replica.Ordinal).ToDictionary();
        }

        return replica.Member.Values;
    }

    /// <summary>The recipe that a replica is given.</summary>
    private static Recipe RecipeOf(Recipe recipe, CoordinatorState.ReplicaRecord replica)
        => recipe.Topology.Populates() ? MemberValues.Apply(recipe, ValuesOf(recipe, replica)) : recipe;
}
