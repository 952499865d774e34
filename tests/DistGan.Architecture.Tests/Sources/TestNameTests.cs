using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DistGan.Architecture.Tests.Sources;

public sealed class TestNameTests
{
    [Fact]
    public void Test_OfAnyProject_IsNamedMethodConditionOutcome()
        => Offenders.None(
            "A test is called Method_Condition_Outcome:",
            from source in Source.All
            from method in Tests(source)
            where !Regex.IsMatch(method.Identifier.Text, "^[A-Z][A-Za-z0-9]*(_[A-Z0-9][A-Za-z0-9]*){1,4}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(30))
            select $"{source.At(method)} {method.Identifier.Text}");

    [Fact]
    public void Test_OfAnyProject_AssertsSomething()
        => Offenders.None(
            "A test asserts something, itself or in a helper it calls (Assert, Sample, Offenders, or a method called Assert… or Expect…):",
            from source in Source.All
            from method in Tests(source)
            where !Regex.IsMatch(method.ToString(), @"\b(Assert|Offenders|Record)\.|\.Sample\w*\(|\b(Assert|Expect|Check|Verify|Must)\w*\(", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(30))
            select $"{source.At(method)} {method.Identifier.Text}");

    private static IEnumerable<MethodDeclarationSyntax> Tests(Source source)
        => source.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(static method => method.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name.ToString() is "Fact" or "Theory"));
}
