using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Verbs;

/// <summary>What holds of every verb.</summary>
internal static class VerbChecks
{
    /// <summary>It has ended as it should and says what a person has asked for.</summary>
    public static void AssertSaid(Verb verb, string mode, ProcessEnd end)
        => Assert.True(end.ExitCode == verb.Ends && end.Out.Contains(verb.Says.Replace("MODE", mode, StringComparison.Ordinal), StringComparison.Ordinal), $"{verb.Command} {verb.Further}: expected exit code {verb.Ends} and '{verb.Says}'; {end}");

    /// <summary>Its standard output is one document that says what it is, and holds no number that JSON does not have.</summary>
    public static JsonNode AssertDocument(Verb verb, ProcessEnd end)
    {
        Assert.True(end.ExitCode == verb.Ends, $"{verb.Command} {verb.Further}: expected exit code {verb.Ends}; {end}");
        var document = JsonNode.Parse(end.Out);
        Assert.True(((string?)document?["schema"])?.StartsWith("distgan.", StringComparison.Ordinal), $"{verb.Command} has no schema: {end}");
        return document!;
    }
}
