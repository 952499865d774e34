using System.Security.Claims;
using DistGan.Silo.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistGan.Silo.Web.Endpoints;

/// <summary>Who asks; signing in and out.</summary>
internal static class SessionEndpoints
{
    private static readonly TimeSpan CookieAge = TimeSpan.FromDays(30);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", Show).AllowAnonymous().WithSummary("Who asks, and what he may do.").Produces<SessionDocument>();
        api.MapPost("/session", SignIn).AllowAnonymous().WithSummary("Signs in with a token; later requests of the browser are his.").Produces<SessionDocument>().Produces<ErrorDocument>(StatusCodes.Status401Unauthorized);
        api.MapDelete("/session", SignOut).AllowAnonymous().WithSummary("Signs out.").Produces(StatusCodes.Status204NoContent);
    }

    private static IResult Show(ClaimsPrincipal who, WebSettings settings) => TypedResults.Ok(new SessionDocument
    {
        User = who.Identity?.Name,
        Role = who.FindFirstValue(ClaimTypes.Role)?.ToLowerInvariant(),
        CanSignIn = settings.Users.Count > 0,
    });

    private static IResult SignIn(SignInRequest request, HttpContext context, WebSettings settings)
    {
        if (settings.Find(request.Token) is not { } user)
        {
            return TypedResults.Json(new ErrorDocument { Errors = ["This token is nobody's: ask whoever runs the cluster for yours."] }, statusCode: StatusCodes.Status401Unauthorized);
        }

        context.Response.Cookies.Append(TokenAuthentication.Cookie, request.Token, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = CookieAge, Path = "/",
        });
        return TypedResults.Ok(new SessionDocument { User = user.Name, Role = user.Role.ToString().ToLowerInvariant(), CanSignIn = true });
    }

    private static IResult SignOut(HttpContext context)
    {
        context.Response.Cookies.Delete(TokenAuthentication.Cookie);
        return TypedResults.NoContent();
    }
}
