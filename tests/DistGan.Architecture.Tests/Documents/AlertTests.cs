using System.Text.RegularExpressions;

namespace DistGan.Architecture.Tests.Documents;

/// <summary>Whoever is woken by an alert finds what to do.</summary>
public sealed partial class AlertTests
{
    [Fact]
    public void Alert_OfPrometheus_IsExplainedWithItsSeverity()
    {
        var alerts = Alert().Matches(Repository.Read("deploy/prometheus/alerts.yml")).ToList();
        var page = Repository.Read("docs/operations.md");

        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.Contains($"**{alert.Groups["name"].Value}** ({alert.Groups["severity"].Value}): ", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)\n(?:(?!- alert)[\s\S])*?severity: (?<severity>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alert();
}
