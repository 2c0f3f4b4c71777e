using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.Access.Permissions;

/// <summary>
/// Holds a request to the countries and recipients that its caller's roles reach, by what the contract states of the rpc: it names none but
/// those, and where it names none it is answered for those alone. So no service knows of roles, and counts, pages, ranks and watches follow
/// from what the
/// request asks for. It stands behind everything that changes a request.
/// </summary>
internal sealed partial class CountryScopeInterceptor(IOrganisations organisations, ResourceOwners owners, Suite suite) : Interceptor
{
    private const string Revisions = "minimum_revisions";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        await CheckAsync((IMessage)request, context);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        await CheckAsync((IMessage)request, context);
        await continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        if (
            context.GetHttpContext().Features.Get<CallRule>() is { Grants.IsLimited: true } call
            && ReachOf(call) is { IsWorld: false } reach
        )
        {
            context.GetHttpContext().Features.Set(new CallerCountries(reach.Countries!));
        }

        return continuation(requestStream, responseStream, context);
    }

    private ValueTask CheckAsync(IMessage request, ServerCallContext context)
    {
        // Only what stands before authorization has none: it is open to anybody.
        if (context.GetHttpContext().Features.Get<CallRule>() is not { } call)
        {
            return default;
        }

        if (call.Rule.Recorded || call.Rule.Conditions.Any(one => one.Recorded && RequestFields.IsSet(request, one.Field)))
        {
            RecordedCall.Mark(context.GetHttpContext());
        }

        CheckName(call, request);
        return call.Grants.IsLimited ? CheckLimitedAsync(call, request, context) : default;
    }

    private void CheckName(CallRule call, IMessage request)
    {
        if (call.Grants.IsVerified || suite.Exercise)
        {
            return;
        }

        if (call.Rule.Named)
        {
            throw PermissionRefusals.NotNamed("");
        }

        if (call.Rule.Conditions.FirstOrDefault(condition => condition.Named && RequestFields.IsSet(request, condition.Field)) is { } asked)
        {
            throw PermissionRefusals.NotNamed(asked.Field);
        }
    }

    private async ValueTask CheckLimitedAsync(CallRule call, IMessage request, ServerCallContext context)
    {
        var (rule, grants) = (call.Rule, call.Grants);
        foreach (
            var condition in rule.Conditions.Where(one =>
                one.Permission != Permission.Unspecified && RequestFields.IsSet(request, one.Field)
            )
        )
        {
            if (!CountryScope.Of(grants.Holding(condition.Permission), organisations).IsWorld)
            {
                throw PermissionRefusals.NoRole(condition.Permission, grants);
            }
        }

        var reach = ReachOf(call);
        var http = context.GetHttpContext();
        ResourceOwner? owner = null;
        switch (rule.Concern)
        {
            case Concern.Countries when !reach.IsWorld:
                Narrow(request, rule.Field, reach);
                break;
            // Of several roles one may reach the world and another, with its recipients, not.
            case Concern.Resource
                when !reach.IsWorld
                    || rule.RecipientField == rule.Field
                    || (rule.RecipientField.Length > 0 && grants.Holding(rule.Permission).Any(grant => !grant.IsUnbound)):
                owner = await CheckResourceAsync(RequestFields.Text(request, rule.Field), rule.Field, reach, context.CancellationToken);
                break;
            case Concern.Items when !reach.IsWorld:
                http.Features.Set(new CallerCountries(reach.Countries!));
                break;
            default:
                break;
        }

        if (!reach.IsWorld)
        {
            NarrowBeside(request, rule, reach);
        }

        if (rule.RecipientField.Length > 0)
        {
            var recipient = rule.RecipientField == rule.Field ? owner?.Recipient ?? "" : RequestFields.Text(request, rule.RecipientField);
            http.Features.Set(new ActingRole(RoleFor(rule, grants, recipient, owner?.Country, request)));
        }
    }

    private async ValueTask<ResourceOwner?> CheckResourceAsync(
        string name,
        string field,
        CountryScope reach,
        CancellationToken cancellationToken
    )
    {
        if (name.Length == 0)
        {
            // What the request gives instead of a name is the caller's own.
            return null;
        }

        if (ResourceOwners.CountryIn(name) is { } country)
        {
            return reach.Covers(country) ? new(country, "") : throw PermissionRefusals.Country(field, country, reach);
        }

        // One of another's country is as if it were not there, in its answer and on the way to it.
        return await owners.FindAsync(name, cancellationToken) is { } owner && reach.Covers(owner.Country)
            ? owner
            : throw Fault.NotFound(name);
    }

    private AccessRole RoleFor(AccessRule rule, CallerGrants grants, string recipient, string? country, IMessage request)
    {
        Grant[] holding =
        [
            .. grants.Holding(rule.Permission).Where(grant => country is null || CountryScope.Of([grant], organisations).Covers(country)),
        ];
        if (holding.FirstOrDefault(grant => grant.Recipients.Contains(recipient)) is { } own)
        {
            return own.Role;
        }

        var recording = rule.NoteField.Length == 0 ? null : holding.FirstOrDefault(grant => RoleTable.RecordsForOthers(grant.Role));
        if (recording is null)
        {
            throw PermissionRefusals.Recipient(
                rule.RecipientField,
                recipient,
                [.. holding.SelectMany(grant => grant.Recipients).Distinct()],
                rule.NoteField
            );
        }

        return string.IsNullOrWhiteSpace(RequestFields.Text(request, rule.NoteField))
            ? throw PermissionRefusals.NoNote(rule.NoteField, recipient)
            : recording.Role;
    }

    private CountryScope ReachOf(CallRule call) => CountryScope.Of(call.Grants.Holding(call.Rule.Permission), organisations);
}
