using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Diagnosis;

/// <summary>A small training that is healthy until something is done to its players, under the eyes of the diagnosis.</summary>
internal sealed class InjectedRun : IDisposable
{
    private readonly MemoryLinks _links;
    private readonly DiagnosisRule _rule = new();
    private readonly List<(string Name, long Step)> _found = [];
    private int _seen;

    public InjectedRun(Recipe recipe, SampleShape? shape = null)
    {
        var of = shape ?? TinyRecipes.Shape;
        _links = new MemoryLinks(of);
        Recipe = recipe;
        Replica = ReplicaFactory.Create(recipe, new PatternDataSet(of), 0, _links.Links, CPU);
    }

    public Recipe Recipe { get; }

    public Replica Replica { get; }

    /// <summary>What was found until now, and the steps since <paramref name="start"/> that it took.</summary>
    public IReadOnlyDictionary<string, long> FoundSince(long start)
        => _found.Where(found => found.Step > start).GroupBy(static found => found.Name).ToDictionary(static found => found.Key, found => found.First().Step - start);

    public InjectedRun Rounds(int rounds)
    {
        TinyRecipes.Advance(Replica, rounds * Recipe.Topology.RoundSteps);
        foreach (var report in _links.Reported.Skip(_seen))
        {
            _found.AddRange(_rule.ObserveRound(report.Values).Select(finding => (finding.Name, report.Step)));
        }

        _seen = _links.Reported.Count;
        return this;
    }

    /// <summary>Lets nothing change any more but by the test's hand.</summary>
    public InjectedRun Freeze()
    {
        Replica.ScaleRates(0);
        return this;
    }

    /// <summary>G makes one and the same sample of every latent.</summary>
    public InjectedRun CollapseGenerator()
    {
        Change(Replica.Generator, static views => Array.ForEach(views, static view => view.zero_()));
        return this;
    }

    /// <summary>
    /// D scores by the sum S of a sample's numbers, ∓<paramref name="slope"/>·(S − 25), so that it is on the side of real images (S near
    /// 0) or on the wrong one, with G moved to bright images (S near 49).
    /// </summary>
    public InjectedRun MakeSure(float slope)
    {
        Change(Replica.Generator, static views => views[^1].fill_(1));
        Change(Replica.Discriminator, views =>
        {
            // Two dense layers of one kept unit, each with a leaky activation that keeps signs, and the score.
            Array.ForEach(views, static view => view.zero_());
            views[0][0].fill_(1);
            views[1][0].fill_(-25);
            views[2][0, 0].fill_(1);
            views[4][0, 0].fill_(-slope);
        });
        return this;
    }

    /// <summary>Adds to what D says of every sample.</summary>
    public InjectedRun Shift(double bias)
    {
        Change(Replica.Discriminator, views => views[^1].add_(bias));
        return this;
    }

    public void Dispose() => Replica.Dispose();

    private static void Change(PlayerModel model, Action<Tensor[]> change)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        change(model.Parameters.Layout.Views(model.Parameters.Values));
        model.Parameters.Refresh();
    }
}
