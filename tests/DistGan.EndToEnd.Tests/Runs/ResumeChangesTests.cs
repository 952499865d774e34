using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Runs;

public sealed class ResumeChangesTests
{
    private static readonly Recipe Run = Presets.Get("ring").Make() with { Threads = 1 };

    [Fact]
    public void Apply_WhatTheRunHasAnyway_IsNoChange()
        => Assert.Equal(Run with { Budget = Run.Budget with { Steps = 9000 } }, ResumeChanges.Apply(Run, ["threads=1", "generator.width=128", "budget.steps=9000"]));

    [Theory]
    [InlineData("threads=2")]
    [InlineData("generator.width=127")]
    [InlineData("generator.width=none")]
    public void Apply_WhatChangesTheMathematics_IsRefused(string text)
        => Assert.StartsWith(
            $"{text.Replace("=", " = ", StringComparison.Ordinal)}: cannot change in a run that goes on",
            Assert.Single(Assert.Throws<InvalidRecipeException>(() => ResumeChanges.Apply(Run, [text])).Errors).ToString(),
            StringComparison.Ordinal);
}
