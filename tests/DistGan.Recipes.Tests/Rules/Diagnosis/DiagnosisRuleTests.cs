using System.Text.Json.Nodes;
using CsCheck;

namespace DistGan.Recipes.Tests.Rules.Diagnosis;

public sealed class DiagnosisRuleTests
{
    private static readonly Dictionary<string, double> Perfect = Round.With((MetricNames.RealAccuracy, 0.995), (MetricNames.FakeAccuracy, 1));

    private static readonly Dictionary<string, double> Vanished = Round.With((MetricNames.RealAccuracy, 0.985), (MetricNames.FakeAccuracy, 0.985), (MetricNames.GeneratorGradientNorm, 0.2));

    private static readonly Dictionary<string, double> Collapsed = Round.With((MetricNames.SampleDiversity, 0));

    private static readonly Dictionary<string, double> Fooled = Round.With((MetricNames.RealAccuracy, 0.45), (MetricNames.FakeAccuracy, 0.6), (MetricNames.RealScore, -0.2), (MetricNames.FakeScore, 0.1));

    private static readonly Dictionary<string, double> Exploded = Round.With((MetricNames.GeneratorLoss, 15));

    /// <summary>A round, the finding that it leads to, and after how many of them.</summary>
    public static TheoryData<Dictionary<string, double>, string, int> Injected => new()
    {
        { Perfect, "discriminator-overpowers", 5 },
        { Vanished, "vanishing-gradient", 3 },
        { Collapsed, "mode-collapse", 3 },
        { Fooled, "discriminator-starves", 5 },
        { Exploded, "divergence", 3 },
    };

    [Theory]
    [MemberData(nameof(Injected))]
    public void ObserveRound_SymptomAfterAHealthyStart_IsToldOnceWhenItHasLasted(Dictionary<string, double> round, string name, int after)
    {
        var rounds = Enumerable.Repeat(Round.Healthy, 10).Concat(Enumerable.Repeat(round, 60));

        Assert.Equal([(10 + after, name)], Round.Found(rounds));
    }

    [Theory]
    [MemberData(nameof(Injected))]
    public void ObserveRound_SymptomThatComesAndGoes_IsToldAgainOnlyAfterItsEnd(Dictionary<string, double> round, string name, int after)
    {
        var short1 = Enumerable.Repeat(Round.Healthy, after - 1);
        var rounds = Enumerable.Repeat(Round.Healthy, 10)
            .Concat(Enumerable.Repeat(round, after - 1)).Append(Round.Healthy) // too short
            .Concat(Enumerable.Repeat(round, after)).Concat(short1).Concat(Enumerable.Repeat(round, after)) // one episode
            .Concat(short1).Append(Round.Healthy).Concat(Enumerable.Repeat(round, after)); // over, and another

        Assert.Equal([name, name], Round.Found(rounds).Select(static found => found.Name));
    }

    [Fact]
    public void ObserveRound_Recorded_NeverFindsAnythingInHealthyRuns()
    {
        var runs = HealthyRuns.Read();

        Assert.Equal(3, runs.Count);
        Assert.All(runs, static run =>
        {
            Assert.Equal(60, run.Count);
            Assert.Empty(Round.Found(run));
        });
    }

    [Theory]
    [MemberData(nameof(Injected))]
    public void ObserveRound_RecordedRunThatThenBreaks_IsFound(Dictionary<string, double> round, string name, int after)
        => Assert.Contains((60 + after, name), Round.Found(HealthyRuns.Read()[0].Concat(Enumerable.Repeat(round, after))));

    [Fact]
    public void ObserveRound_GeneratorThatNeverMadeAnythingButOneImage_IsFoundInTheThirdRound()
        => Assert.Equal([(3, "mode-collapse")], Round.Found(Enumerable.Repeat(Round.With((MetricNames.SampleDiversity, 0)), 20)));

    [Fact]
    public void ObserveRound_SmallGradientOfAGeneratorThatDIsNotSureOf_HasNotVanished()
        => Assert.Empty(Round.Found(Enumerable.Repeat(Round.Healthy, 10).Concat(Enumerable.Repeat(Round.With((MetricNames.GeneratorGradientNorm, 0.1)), 20))));

    [Fact]
    public void ObserveRound_DiversityFarBelowItsUsual_IsACollapse()
    {
        static IEnumerable<Dictionary<string, double>> To(double diversity)
            => Enumerable.Repeat(Round.Healthy, 10).Concat(Enumerable.Repeat(Round.With((MetricNames.SampleDiversity, diversity)), 40));

        Assert.Equal([(13, "mode-collapse")], Round.Found(To(0.35)));
        Assert.Empty(Round.Found(To(0.37)));
    }

    [Fact]
    public void ObserveRound_DiversityThatGrowsFromNothing_IsNoCollapse()
        => Assert.Empty(Round.Found(Enumerable.Range(1, 30).Select(static i => Round.With((MetricNames.SampleDiversity, Math.Min(0.9, 0.01 * Math.Pow(1.2, i)))))));

    [Fact]
    public void ObserveRound_SwingsThatGrow_AreFoundAndSteadyOnesAreNot()
    {
        static IEnumerable<Dictionary<string, double>> Swings(double growth)
            => Enumerable.Range(0, 24).Select(i => Round.With((MetricNames.DiscriminatorLoss, 1 + (i % 2 == 0 ? 0.02 : -0.02) * Math.Pow(growth, i))));

        Assert.Empty(Round.Found(Swings(1)));
        var (round, name) = Assert.Single(Round.Found(Swings(1.2)));
        Assert.Equal("oscillation", name);
        Assert.InRange(round, 13, 24);
    }

    [Theory]
    [InlineData(2, 0)] // the loss of two batches goes to and fro by chance
    [InlineData(3, 1)]
    public void ObserveRound_SwingsOfRoundsOfFewSteps_AreJudgedFromThreeStepsOn(long steps, int findings)
    {
        var rule = new DiagnosisRule();

        var found = Enumerable.Range(0, 24).SelectMany(i => rule.ObserveRound(Round.With((MetricNames.DiscriminatorLoss, 1 + ((i % 2 == 0 ? 0.02 : -0.02) * Math.Pow(1.2, i)))), steps)).ToList();

        Assert.Equal(findings, found.Count);
        Assert.All(found, static finding => Assert.DoesNotContain("in a row", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void ObserveRound_SwingsOfALossThatHasComeNearZero_AreNoOscillation()
    {
        // As a Wasserstein loss: 1 at first, then about 0.01, around which the same swings grow.
        var losses = Enumerable.Repeat(1.0, 20).Concat(Enumerable.Range(0, 24).Select(static i => 0.01 + ((i % 2 == 0 ? 0.001 : -0.001) * Math.Pow(1.2, i))));

        Assert.Empty(Round.Found(losses.Select(static loss => Round.With((MetricNames.DiscriminatorLoss, loss)))));
    }

    [Fact]
    public void ObserveScores_FewSolidModesAmongManyTouched_MayComeAndGo()
    {
        var rule = new DiagnosisRule();

        Assert.All(new double[] { 4, 0, 1, 0, 0 }, solid => Assert.Empty(rule.ObserveScores(new Dictionary<string, double> { [MetricNames.Modes] = 25, [MetricNames.SolidModes] = solid })));
        Assert.All(new double[] { 20, 4 }, solid => Assert.Empty(rule.ObserveScores(new Dictionary<string, double> { [MetricNames.Modes] = 25, [MetricNames.SolidModes] = solid })));
        Assert.Single(rule.ObserveScores(new Dictionary<string, double> { [MetricNames.Modes] = 25, [MetricNames.SolidModes] = 5 }));
    }

    [Fact]
    public void ObserveRound_GuessingAtEquilibrium_IsNotStarving()
        => Gen.Double[-0.03, 0.03].Array[4].Array[200].Sample(
            noise => Assert.Empty(Round.Found(noise.Select(static draw => Round.With(
                (MetricNames.RealAccuracy, 0.51 + draw[0]), (MetricNames.FakeAccuracy, 0.51 + draw[1]), (MetricNames.RealScore, 0.05 + draw[2]), (MetricNames.FakeScore, -0.05 + draw[3]))))),
            iter: 50);

    [Fact]
    public void ObserveRound_NoAccuracies_LetsTheGeneratorsLossDrift()
    {
        static Dictionary<string, double> Of(int i)
        {
            var round = Round.With((MetricNames.GeneratorLoss, i < 10 ? 1 : 500));
            _ = (round.Remove(MetricNames.RealAccuracy), round.Remove(MetricNames.FakeAccuracy));
            return round;
        }

        Assert.Empty(Round.Found(Enumerable.Range(0, 40).Select(Of)));
    }

    [Fact]
    public void ObserveScores_ModesFallOrImagesRepeat_AreFoundInTheSecondEvaluation()
    {
        Assert.Equal([4], Evaluations([(MetricNames.Modes, 2), (MetricNames.Modes, 8), (MetricNames.Modes, 4), (MetricNames.Modes, 4), (MetricNames.Modes, 3)]));
        Assert.Equal([3], Evaluations([(MetricNames.Coverage, 0.5), (MetricNames.Coverage, 0.2), (MetricNames.Coverage, 0.2)]));
        Assert.Equal([3], Evaluations([(MetricNames.DuplicateShare, 0), (MetricNames.DuplicateShare, 0.5), (MetricNames.DuplicateShare, 0.5)]));
        Assert.Equal([3], Evaluations([(MetricNames.SolidModes, 8), (MetricNames.SolidModes, 3), (MetricNames.SolidModes, 4)]));
        Assert.Empty(Evaluations([(MetricNames.Modes, 8), (MetricNames.Modes, 4), (MetricNames.Modes, 7), (MetricNames.Modes, 4), (MetricNames.Fid, 900)]));
    }

    [Fact]
    public void ObserveScores_StraySamplesComeAndGoInModesThatAreNotSolid_AreNoLoss()
    {
        var rule = new DiagnosisRule();

        Assert.All(new double[] { 7, 3, 4, 2 }, modes => Assert.Empty(rule.ObserveScores(new Dictionary<string, double> { [MetricNames.Modes] = modes, [MetricNames.SolidModes] = 0 })));
    }

    [Fact]
    public void ObserveRound_ScoresThatHardlyDiffer_AreNotStarvingHoweverLong()
        => Assert.Empty(Round.Found(Enumerable.Repeat(
            Round.With((MetricNames.RealAccuracy, 0.44), (MetricNames.FakeAccuracy, 0.48), (MetricNames.RealScore, -0.003), (MetricNames.FakeScore, -0.0014)), 60)));

    [Fact]
    public void ObserveRound_GradientThatWasNeverThere_HasVanishedInTheThirdRound()
        => Assert.Equal(
            [(3, "vanishing-gradient")],
            Round.Found(Enumerable.Repeat(Round.With((MetricNames.RealAccuracy, 0.985), (MetricNames.FakeAccuracy, 0.985), (MetricNames.GeneratorGradientNorm, 1e-6)), 20)));

    /// <summary>Wherever it is written down and read again, what it finds later is the same, to the last bit of its evidence.</summary>
    [Fact]
    public void Restore_AtAnyRound_GoesOnAsIfNothingHappened()
    {
        // Coarse numbers, so that symptoms come and go.
        var value = Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.0), Gen.Const(1.0), Gen.Const(50.0), Gen.Double[-100, 100]);
        var names = Round.Healthy.Keys.ToArray();
        var round = value.Array[names.Length].Select(values => names.Zip(values).ToDictionary(static pair => pair.First, static pair => pair.Second));
        var scores = Gen.Int[0, 8].Select(static modes => new Dictionary<string, double> { [MetricNames.SolidModes] = modes, [MetricNames.Coverage] = modes / 8.0 });
        var told = 0;

        Gen.Select(round, scores, Gen.Int[1, 12], (values, ofEvaluation, times) => Enumerable.Repeat((values, ofEvaluation), times)).Array[1, 12].Sample(
            parts =>
            {
                var (unbroken, broken) = (new DiagnosisRule(), new DiagnosisRule());
                foreach (var (values, ofEvaluation) in parts.SelectMany(static part => part))
                {
                    var text = broken.Capture().ToJsonString();
                    broken = new DiagnosisRule();
                    broken.Restore(JsonNode.Parse(text)!.AsObject());
                    var expected = unbroken.ObserveRound(values).Concat(unbroken.ObserveScores(ofEvaluation)).ToList();
                    var actual = broken.ObserveRound(values).Concat(broken.ObserveScores(ofEvaluation)).ToList();
                    Assert.Equal(expected.Select(static finding => finding.Message), actual.Select(static finding => finding.Message));
                    Interlocked.Add(ref told, expected.Count);
                }
            },
            iter: 200);
        Assert.True(told > 100, $"Only {told} findings were compared.");
    }

    [Fact]
    public void Restore_StateThatLacksASymptom_LetsItBeginAnew()
    {
        var (rule, other) = (new DiagnosisRule(), new DiagnosisRule());
        _ = rule.ObserveRound(Collapsed);
        _ = rule.ObserveRound(Collapsed);
        var state = rule.Capture();
        Assert.True(state.Remove("mode-collapse"));

        other.Restore(state);

        Assert.Empty(other.ObserveRound(Collapsed));
        Assert.Single(rule.ObserveRound(Collapsed));
    }

    [Fact]
    public void ObserveRound_Finding_NamesItsEvidenceAndKeysThatExist()
    {
        var rule = new DiagnosisRule();
        List<DiagnosisFinding> findings = [];
        foreach (var injected in new[] { Perfect, Vanished, Collapsed, Fooled, Exploded })
        {
            findings.AddRange(Enumerable.Repeat(Round.Healthy, 6).Concat(Enumerable.Repeat(injected, 5)).SelectMany(values => rule.ObserveRound(values)));
        }

        findings.AddRange(Enumerable.Range(0, 2).SelectMany(_ => rule.ObserveScores(new Dictionary<string, double> { [MetricNames.DuplicateShare] = 1 })));

        Assert.Equal(6, findings.Count);
        Assert.All(findings, static finding =>
        {
            Assert.NotEmpty(finding.Evidence);
            Assert.All(finding.Evidence.Keys, name => Assert.Contains(name, finding.Message, StringComparison.Ordinal));
            Assert.Equal(DiagnosisRule.Advice[finding.Name], finding.Keys);
        });
        Assert.Equal(
            "The discriminator is right about nearly every image (d_real_accuracy 0.995, d_fake_accuracy 1; 5 rounds in a row). What usually helps: balance=accuracy-gate, techniques.r1={}, techniques.spectral-normalization={}, techniques.diffaugment={}, techniques.label-smoothing={}, another discriminator.optimizer.rate.",
            findings[0].Message);
    }

    [Fact]
    public void ObserveRound_AnyValues_TellsEachOnceAnEpisodeAndNeverThrows()
    {
        var value = Gen.OneOf(Gen.Double, Gen.Double[0, 1], Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.NegativeInfinity));
        var round = Gen.Select(value.Array[Round.Healthy.Count], Gen.Bool.Array[Round.Healthy.Count],
            static (values, isThere) => Round.Healthy.Keys.Zip(values, isThere).Where(static entry => entry.Third).ToDictionary(static entry => entry.First, static entry => entry.Second));

        // Two beginnings of an episode of n reports have an end of n between them.
        round.Array[1, 80].Sample(rounds => Assert.All(
            Round.Found(rounds).Where(static found => found.Name is not "oscillation").GroupBy(static found => found.Name),
            static told => Assert.All(told.Zip(told.Skip(1)), static pair => Assert.True(pair.Second.Round - pair.First.Round >= 6))));
    }

    private static List<int> Evaluations((string Name, double Value)[] scores)
    {
        var rule = new DiagnosisRule();
        return [.. scores.SelectMany((score, i) => rule.ObserveScores(new Dictionary<string, double> { [score.Name] = score.Value }).Select(_ => i + 1))];
    }
}
