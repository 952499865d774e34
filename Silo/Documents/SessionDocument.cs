namespace DistGan.Silo.Documents;

/// <summary>Who asks, and what he may do.</summary>
public sealed record SessionDocument
{
    public string Schema { get; init; } = "distgan.session/1";

    /// <summary>Null for nobody in particular.</summary>
    public required string? User { get; init; }

    /// <summary>viewer or operator; null for who may not even look.</summary>
    public required string? Role { get; init; }

    /// <summary>Whether there are users to sign in as.</summary>
    public required bool CanSignIn { get; init; }
}
