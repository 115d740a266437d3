using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Answering;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>Combines several outputs of a Task into one piece of advice without losing any line.</summary>
internal static class AdviceMerging
{
    /// <summary>
    /// One piece of advice made from the contents of all outputs, or null if there are none. The author of the first content that has lines
    /// is the author of the advice, and a note names the other authors.
    /// </summary>
    /// <param name="contents">The content of each output, in the order of the outputs.</param>
    /// <param name="kept">Each document as it is stored, with the checksum of the received document as the key.</param>
    internal static AdviceContent? Merge(IReadOnlyList<AdviceContent> contents, IReadOnlyDictionary<string, AdviceDocument> kept) =>
        Merge(contents) is not { } merged ? null : merged with
        {
            Attachments = [.. merged.Attachments.Select(attachment => kept[attachment.Sha256].Reference).DistinctBy(attachment => attachment.Sha256)],
            Whole = merged.Whole is { } whole ? kept[whole].Reference.Sha256 : null,
            Notes = [.. merged.Notes, .. OtherNames(merged, kept)],
        };

    // A document that came twice is stored once, under one of its names.
    private static IEnumerable<AdviceNote> OtherNames(AdviceContent merged, IReadOnlyDictionary<string, AdviceDocument> kept) => merged.Attachments
        .GroupBy(attachment => kept[attachment.Sha256].Reference.Sha256)
        .Select(same => (Stored: kept[same.First().Sha256].Reference.FileName, Names: same.Select(attachment => attachment.FileName).Distinct(StringComparer.Ordinal).ToList()))
        .Where(document => document.Names.Count > 1)
        .Select(document => new AdviceNote($"Other names of the document {document.Stored}", string.Join('\n', document.Names.Where(name => name != document.Stored && name != AvailableDocuments.Untitled))))
        .Where(note => note.Text.Length > 0);

    /// <summary>Combines the contents of a Task's outputs before the documents in them have been converted for storage.</summary>
    internal static AdviceContent? Merge(IReadOnlyList<AdviceContent> contents)
    {
        var lead = contents.FirstOrDefault(content => !content.IsDocumentOnly) ?? contents.FirstOrDefault();
        if (lead is null || contents.Count == 1)
        {
            return lead;
        }

        var ids = IdsOf(lead).ToHashSet(StringComparer.Ordinal);
        var number = 1;
        return contents.Where(content => content != lead).Aggregate(lead, (all, content) => Add(all, content, ++number, ids));
    }

    /// <summary>Joins the notes and the author of a nil return into one text.</summary>
    internal static string InWords(AdviceContent content) => string.Join(
        '\n', content.Notes.Select(note => $"{note.Heading}: {note.Text}").Append($"{content.Author}, {content.AuthorRole}, {content.WrittenOn.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}"));

    private static AdviceContent Add(AdviceContent all, AdviceContent content, int number, HashSet<string> ids)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in IdsOf(content))
        {
            renamed[id] = ids.Add(id) ? id : Free(id, number, ids);
        }

        return all with
        {
            Views = [.. all.Views, .. content.Views.Select(view => view with { Id = renamed[view.Id] })],
            Needs = [.. all.Needs, .. content.Needs.Select(need => need with { Id = renamed[need.Id] })],
            Outcomes = [.. all.Outcomes, .. content.Outcomes.Select(outcome => outcome with { Id = renamed[outcome.Id], Needs = [.. outcome.Needs.Select(need => renamed[need])] })],
            Provision = [.. all.Provision, .. content.Provision.Select(line => line with { Id = renamed[line.Id], Outcomes = [.. line.Outcomes.Select(outcome => renamed[outcome])] })],
            Notes = [.. all.Notes, .. By(all, content), .. content.Notes],
            Attachments = [.. all.Attachments, .. content.Attachments],
            Whole = all.Whole ?? content.Whole,
        };
    }

    private static IEnumerable<AdviceNote> By(AdviceContent all, AdviceContent content) =>
        content.Author == DocumentReading.UnnamedAuthor && content.AuthorRole == DocumentReading.UnnamedRole || (content.Author, content.AuthorRole, content.WrittenOn) == (all.Author, all.AuthorRole, all.WrittenOn)
            ? []
            : [new AdviceNote("Also by", $"{content.Author}, {content.AuthorRole}, {content.WrittenOn.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}")];

    private static string Free(string id, int number, HashSet<string> ids)
    {
        string free;
        do
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{number++}.{id}");
        }
        while (!ids.Add(free));
        return free;
    }

    private static IEnumerable<string> IdsOf(AdviceContent content) =>
        content.Views.Select(view => view.Id).Concat(content.Needs.Select(need => need.Id)).Concat(content.Outcomes.Select(outcome => outcome.Id)).Concat(content.Provision.Select(line => line.Id));
}
