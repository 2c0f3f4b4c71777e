using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Notification.Messages;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Paging;
using Google.Protobuf.Collections;

namespace EarlyWarning.Notification.Api;

/// <summary>Refuses what a list or a redelivery is narrowed by where it is not there.</summary>
internal sealed class NotificationFilters(IGrainFactory grains, MessageRegister register, Suite suite)
{
    public const string Recipients = "recipients/";

    private readonly Countries _countries = Countries.For(suite.Exercise);

    /// <summary>Checks what shows by itself.</summary>
    public void Check(V1.ListNotificationsRequest request)
    {
        RequestFilters.Name("recipient", request.Recipient, Recipients, optional: true);
        RequestFilters.Name("breach", request.Breach, "breaches/", optional: true);
        RequestFilters.Name("case", request.Case, "cases/", optional: true);
        RequestFilters.Countries(request.Countries, IsKnown);
        RequestFilters.Value("state", request.State);
        RequestFilters.Value("severity", request.Severity);
        _ = RequestFilters.Range("created_from", request.CreatedFrom, "created_before", request.CreatedBefore);
    }

    /// <summary>Checks what the directory is narrowed by.</summary>
    public void Check(V1.ListRecipientsRequest request) => RequestFilters.Countries(request.Countries, IsKnown);

    /// <summary>
    /// Checks, where a list is empty, that what it is of is there, and of the countries asked for. Whoever was told once may have left the
    /// directory.
    /// </summary>
    public async Task CheckNamesAsync(V1.ListNotificationsRequest request, CancellationToken cancellationToken)
    {
        if (
            request.Recipient.Length > 0
            && !(await grains.GetGrain<IDirectoryGrain>(0).GetAsync(request.Recipient) is { } known && Concerns(request.Countries, known))
            && await register.CountAsync(new() { Recipient = request.Recipient, Countries = { request.Countries } }, cancellationToken) == 0
        )
        {
            throw Fault.NotFound(request.Recipient);
        }

        if (
            request.Breach.Length > 0
            && (
                await grains.GetGrain<IBreachRegisterGrain>(0).GetAsync(request.Breach) is not { } breach
                || !IsAsked(request.Countries, breach.Country)
            )
        )
        {
            throw Fault.NotFound(request.Breach);
        }

        if (
            request.Case.Length > 0
            && (
                await grains.GetGrain<ICaseRegisterGrain>(0).GetAsync(request.Case) is not { } one
                || !IsAsked(request.Countries, one.Country)
            )
        )
        {
            throw Fault.NotFound(request.Case);
        }
    }

    /// <summary>Checks that a recipient has a channel; an empty one is any.</summary>
    public async Task CheckChannelAsync(string recipient, string channel)
    {
        var found = await grains.GetGrain<IDirectoryGrain>(0).GetAsync(recipient) ?? throw Fault.NotFound(recipient);
        if (channel.Length > 0 && found.Channels.All(one => one.Id != channel))
        {
            throw Fault.Field(
                V1.ErrorReason.NotFound,
                "channel",
                $"{recipient} has no channel '{Trailers.Echo(channel)}'; there are "
                    + $"{string.Join(", ", found.Channels.Select(one => one.Id))}.",
                Grpc.Core.StatusCode.NotFound,
                ("resource", recipient)
            );
        }
    }

    /// <summary>Whether one of some countries concerns a recipient; no countries are all.</summary>
    public static bool Concerns(IReadOnlyCollection<string> countries, V1.Recipient recipient) =>
        countries.Count == 0 || recipient.Countries.Count == 0 || recipient.Countries.Intersect(countries).Any();

    private static bool IsAsked(RepeatedField<string> countries, string country) => countries.Count == 0 || countries.Contains(country);

    private bool IsKnown(string country) => _countries.TryGet(country, out _);
}
