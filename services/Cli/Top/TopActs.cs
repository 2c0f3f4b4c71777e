using EarlyWarning.Cli.Connection;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Top;

/// <summary>Does what keys wish for, and tells what came of it.</summary>
/// <param name="suite">The suite.</param>
/// <param name="settings">How it is called.</param>
/// <param name="framework">Of which the scores are.</param>
/// <param name="recipient">As whom cases are acknowledged, unless the person says otherwise; empty for who the directory names.</param>
/// <param name="texts">How answers are put into lines.</param>
internal sealed class TopActs(SuiteConnection suite, ConnectionSettings settings, string framework, string recipient, TopTexts texts)
{
    /// <summary>Gives what the state becomes; a refusal is a part of it, not an error.</summary>
    public async Task<Func<TopState, TopState>> DoAsync(TopWish wish, CancellationToken cancellation)
    {
        try
        {
            return wish switch
            {
                ExplainWish { Country: var country } => await ExplainAsync(country, cancellation),
                CaseWish { Name: var name } => await ShowAsync(name, cancellation),
                RecipientWish { Of: var one } => await AskForRecipientAsync(one, cancellation),
                AcknowledgeWish answer => await AcknowledgeAsync(answer, cancellation),
                _ => state => state,
            };
        }
        catch (RpcException error) when (!cancellation.IsCancellationRequested)
        {
            var why = Failure.Of(error, settings).Message.ReplaceLineEndings(" ");
            return state => state with { Notice = why };
        }
    }

    private async Task<Func<TopState, TopState>> ExplainAsync(string country, CancellationToken cancellation)
    {
        var answer = await suite.Risks.ExplainCountryRiskAsync(
            new() { Name = NameCompletion.Risk(framework, country) },
            cancellationToken: cancellation
        );
        var lines = texts.Explanation(answer);
        return state => state with { Dialog = new TextDialog($"{country}: what the score is made of", lines) };
    }

    private async Task<Func<TopState, TopState>> ShowAsync(string name, CancellationToken cancellation)
    {
        var answer = await suite.Cases.GetCaseAsync(new() { Name = name }, cancellationToken: cancellation);
        var lines = texts.Case(answer.Case);
        return state => state with { Dialog = new TextDialog(name, lines) };
    }

    private async Task<Func<TopState, TopState>> AskForRecipientAsync(Case one, CancellationToken cancellation)
    {
        var proposed = recipient.Length > 0 ? recipient : await ProposedAsync(one, cancellation);
        return state => state with { Dialog = new RecipientTyping(one, proposed) };
    }

    // The first of the directory whose step is asked now. Who may not read the directory writes the name.
    private async Task<string> ProposedAsync(Case one, CancellationToken cancellation)
    {
        var asked = one.Climbs.SelectMany(climb => climb.Steps.Where(step => step.Number == climb.CurrentStep)).Select(step => step.Role);
        try
        {
            var directory = await suite.Notifications.ListRecipientsAsync(
                new() { Countries = { one.Country }, PageSize = 1000 },
                cancellationToken: cancellation
            );
            return directory.Recipients.FirstOrDefault(who => asked.Contains(who.Role))?.Name ?? "";
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.PermissionDenied)
        {
            return "";
        }
    }

    private async Task<Func<TopState, TopState>> AcknowledgeAsync(AcknowledgeWish wish, CancellationToken cancellation)
    {
        var answer = await suite.Cases.AcknowledgeCaseAsync(
            new()
            {
                Name = wish.Of.Name,
                Recipient = NameCompletion.Of("recipients", wish.Recipient),
                Note = wish.Note,
                Causes = { wish.Of.Causes.Where(cause => cause.CloseTime is null).Select(cause => cause.Id) },
                Etag = wish.Of.Etag,
                RequestId = Guid.NewGuid().ToString(),
            },
            cancellationToken: cancellation
        );
        return state => state.With(answer.Case) with { Dialog = null, Notice = $"{wish.Of.Name}: acknowledged." };
    }
}

/// <summary>Puts answers into the lines that the commands for one of them print.</summary>
internal sealed record TopTexts(
    Func<ExplainCountryRiskResponse, IReadOnlyList<string>> Explanation,
    Func<Case, IReadOnlyList<string>> Case
);
