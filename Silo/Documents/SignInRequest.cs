namespace DistGan.Silo.Documents;

/// <summary>The token of a user.</summary>
public sealed record SignInRequest
{
    public required string Token { get; init; }
}
