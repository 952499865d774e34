using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Studies;
using DistGan.Silo.Web.Studies;

namespace DistGan.EndToEnd.Tests.Web;

public sealed class StudyShelfTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StudyShelf _shelf;

    public StudyShelfTests() => _shelf = new(_folder["studies"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_StudiesBesideOtherFolders_TellsHowFarEachIs()
    {
        WrittenStudy.Write(_folder, "done");
        WrittenStudy.Write(_folder, "under-way", hasResults: false);
        _folder.Write("studies/notes/idea.txt", "no study");
        _folder.Write("studies/broken/study.json", "{ \"schema\": ");
        _folder.Write("studies/later/study.json", """{ "schema": "distgan.study-plan/2" }""");

        var list = _shelf.List();

        Assert.True(list.Offered);
        Assert.Equal(["done", "under-way"], list.Studies.Select(static study => study.Id).Order(StringComparer.Ordinal));
        var done = list.Studies.Single(static study => study.Id == "done");
        Assert.Equal(("grid", 5, 4, 0, true), (done.Kind, done.Planned, done.Completed, done.Failed, done.HasResults));
        Assert.Equal(("hinge", "fid", 25.0), (done.Best!.Configuration, done.Best.Score, done.Best.Mean));
        Assert.Equal(Math.Sqrt(32), done.Best.StandardDeviation!.Value, 12);
        var other = list.Studies.Single(static study => study.Id == "under-way");
        Assert.Equal((4, false, null), (other.Completed, other.HasResults, other.Best));
    }

    [Fact]
    public void Results_OfAStudy_AreItsFile()
    {
        var study = WrittenStudy.Write(_folder, "done");

        var results = _shelf.Results("done");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(study["results.json"])), JsonNode.Parse(results!.Value.GetRawText())));
    }

    [Fact]
    public void Results_OfAnotherVersion_AreNone()
    {
        var study = WrittenStudy.Write(_folder, "done");
        File.WriteAllText(study["results.json"], """{ "schema": "distgan.study/9" }""");

        Assert.Null(_shelf.Results("done"));
        Assert.False(_shelf.Find("done")!.HasResults);
    }

    [Fact]
    public void Find_RunsInEveryState_TellsEach()
    {
        var study = WrittenStudy.Write(_folder, "done");
        study.WriteFailure("hinge-s3", "out of memory");
        File.WriteAllText(Path.Combine(study.RunPath("plain-s2"), "summary.json"), """{ "state": "interrupted" }""");

        var runs = _shelf.Find("done")!.Runs;

        Assert.Equal([("plain-s1", "completed"), ("plain-s2", "begun"), ("hinge-s1", "completed"), ("hinge-s2", "completed"), ("hinge-s3", "failed")], runs.Select(static run => (run.Name, run.State)));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("../outside")]
    [InlineData("done/../../outside")]
    [InlineData("linked")]
    [InlineData("DONE")]
    public void Find_NameThatLeadsOut_IsNone(string name)
    {
        WrittenStudy.Write(_folder, "done");
        Directory.Move(WrittenStudy.Write(_folder, "outside").Path, _folder["outside"]);
        Directory.CreateSymbolicLink(_folder["studies/linked"], _folder["outside"]);

        Assert.NotNull(_shelf.Find("done"));
        Assert.Null(_shelf.Find(name));
        Assert.Null(_shelf.Find(_folder["outside"]));
        Assert.Null(_shelf.Results(name));
        Assert.Null(_shelf.Metrics(name, "plain-s1"));
        Assert.Equal(["done"], _shelf.List().Studies.Select(static study => study.Id));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../runs/plain-s1")]
    [InlineData("linked")]
    [InlineData("hinge-s3")]
    public void Metrics_RunThatLeadsOutOrWasNotBegun_IsNone(string run)
    {
        var study = WrittenStudy.Write(_folder, "done");
        Directory.CreateSymbolicLink(study.RunPath("linked"), study.RunPath("plain-s1"));

        Assert.Equal(0, Assert.Single(_shelf.Metrics("done", "plain-s1")!).Replica);
        Assert.Null(_shelf.Metrics("done", run));
    }

    [Fact]
    public void Metrics_FileThatIsALink_IsLeftOut()
    {
        var study = WrittenStudy.Write(_folder, "done");
        File.CreateSymbolicLink(Path.Combine(study.RunPath("plain-s1"), "metrics", "r1.jsonl"), _folder.Write("secret.jsonl", "{}"));

        Assert.Equal([0], _shelf.Metrics("done", "plain-s1")!.Select(static file => file.Replica));
    }

    [Fact]
    public void List_NoFolder_IsEmptyAndSaysWhetherOneIsOffered()
    {
        Assert.False(new StudyShelf(null).List().Offered);
        Assert.True(_shelf.List().Offered);
        Assert.Empty(_shelf.List().Studies);
    }
}
