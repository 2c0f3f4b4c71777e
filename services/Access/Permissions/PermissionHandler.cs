using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Permissions;

/// <summary>Asks of each endpoint's caller the permission that the endpoint takes.</summary>
internal sealed class PermissionRequirement : IAuthorizationRequirement;

/// <summary>
/// Decides, before anything of a request is read, whether a caller's roles hold what an endpoint takes: for gRPC, JSON, pages and sockets
/// alike. An rpc states it in the contract, another endpoint in its metadata; one that states nothing takes
/// <see cref="Permission.Connect"/>, and an rpc of
/// the contract that stated nothing would be refused to everybody.
/// </summary>
internal sealed class PermissionHandler(AnonymousAccess anonymous, IOrganisations organisations)
    : AuthorizationHandler<PermissionRequirement>
{
    private static readonly AccessRule s_connect = new() { Permission = Permission.Connect, Concern = Concern.None };

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Resource is not HttpContext http || GrantsOf(http, context) is not { } grants)
        {
            return Task.CompletedTask;
        }

        var rule = RuleOf(http.GetEndpoint());
        http.Features.Set(new CallRule(rule, grants));
        if (!grants.IsLimited)
        {
            context.Succeed(requirement);
        }
        else if (RefusalOf(rule, grants) is { } refusal)
        {
            http.Features.Set(new CallerRefusal(refusal));
            context.Fail();
        }
        else
        {
            http.Features.Set(new ActingRole(grants.Holding(rule.Permission).First().Role));
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private CallerGrants? GrantsOf(HttpContext http, AuthorizationHandlerContext context) =>
        context.User.Identity?.IsAuthenticated == true ? http.Features.Get<CallerGrants>()
        : anonymous.IsOpen ? CallerGrants.Unverified
        : null;

    private RpcException? RefusalOf(AccessRule rule, CallerGrants grants)
    {
        Grant[] holding = [.. grants.Holding(rule.Permission)];
        return holding.Length == 0 || rule.Concern == Concern.Unspecified ? PermissionRefusals.NoRole(rule.Permission, grants)
            : rule.Concern == Concern.World && !CountryScope.Of(holding, organisations).IsWorld
                ? PermissionRefusals.Bound(rule.Permission, grants)
            : null;
    }

    private static AccessRule RuleOf(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } rpc
            ? RpcRules.Of(rpc.Method.FullName) ?? s_connect
            : endpoint?.Metadata.GetMetadata<AccessRule>() ?? s_connect;
}

/// <summary>A feature of a call: what it takes, and what its caller may.</summary>
internal sealed record CallRule(AccessRule Rule, CallerGrants Grants);
