using DistGan.Client.Runs;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Runs;

public sealed class BestReplicaTests : IDisposable
{
    private static readonly Recipe Two = new() { Topology = new() { Replicas = 2 } };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_Distances_IsTheLowestOfTheNewest()
        => Assert.Equal(1, Best(Line(0, "fid", 9), Line(1, "fid", 80), Line(0, "fid", 50), Line(1, "fid", 40), "{\"replica\": 0, \"sco"));

    [Theory]
    [InlineData("modes")]
    [InlineData("coverage")]
    [InlineData("is")]
    public void Of_ScoresThatRise_IsTheHighest(string score) => Assert.Equal(1, Best(Line(0, score, 3), Line(1, score, 8)));

    [Fact]
    public void Of_ScoreThatDoesNotRank_IsPassedOver()
        => Assert.Equal(1, Best("{\"replica\":0,\"scores\":{\"precision\":0.9,\"coverage\":0.2}}", "{\"replica\":1,\"scores\":{\"precision\":0.1,\"coverage\":0.4}}"));

    [Fact]
    public void Of_ALaterEvaluation_DoesNotCount()
        => Assert.Equal(1, Best(Line(0, "fid", 50), Line(1, "fid", 40), "{\"replica\":0,\"source\":\"evaluate\",\"scores\":{\"kid\":0.1}}"));

    private static string Line(int replica, string score, int value) => $"{{\"replica\":{replica},\"source\":\"train\",\"scores\":{{\"{score}\":{value}}}}}";

    private int Best(params string[] lines)
    {
        _folder.Write("evaluation.jsonl", string.Join('\n', lines));
        return BestReplica.Of(_folder.Path, Two);
    }
}
