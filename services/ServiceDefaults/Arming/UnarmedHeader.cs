using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Arming;

/// <summary>
/// Says in every answer, as the header <c>ew-unarmed</c>, that the suite is unarmed while it is; gRPC has it in the response's metadata.
/// </summary>
internal sealed class UnarmedHeader(RequestDelegate next, IArming? arming = null)
{
    public const string Name = "ew-unarmed";

    public Task InvokeAsync(HttpContext context)
    {
        if (arming?.Current is { } unarmed)
        {
            context.Response.Headers[Name] = unarmed.ToString();
        }

        return next(context);
    }
}
