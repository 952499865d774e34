using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace DistGan.Silo.Web;

/// <summary>Says in a sentence why somebody may not.</summary>
internal sealed class Refusals : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _standard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        => authorizeResult switch
        {
            { Challenged: true } => Failures.WriteAsync(context, StatusCodes.Status401Unauthorized, "Sign in first: send your token as 'Authorization: Bearer TOKEN'."),
            { Forbidden: true } => Failures.WriteAsync(context, StatusCodes.Status403Forbidden, "Only an operator may do this."),
            _ => _standard.HandleAsync(next, context, policy, authorizeResult),
        };
}
