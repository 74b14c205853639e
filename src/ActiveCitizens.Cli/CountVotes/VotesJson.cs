using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;

namespace ActiveCitizens.Cli.CountVotes;

/// <summary>A count as JSON: everything that another program needs to follow each step. Fractions are texts such as "17/3".</summary>
internal static class VotesJson
{
    // Results are read by people and programs, not embedded in pages: names stay legible.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, VotesCount count)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            new Writer(json, count).Write();
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private sealed class Writer(Utf8JsonWriter json, VotesCount count)
    {
        public void Write()
        {
            json.WriteStartObject();
            json.WriteString("file", count.File.Name);
            json.WriteString("sha256", count.File.Sha256);
            json.WriteString("method", count.Method);
            WriteIds(count.Outcome is VotesOutcome.OfLists ? "lists" : "candidates", Enumerable.Range(0, count.Ids.Count));
            if (count.Outcome.Seats is { } seats)
            {
                json.WriteNumber("seats", seats.Seats);
                WriteIds("elected", seats.Elected);
                json.WriteNumber("vacant", seats.Seats - seats.Elected.Count);
            }

            WriteSteps();
            json.WriteStartArray("ties");
            foreach (var tie in count.Outcome.Ties)
            {
                WriteTie(tie);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void WriteSteps()
        {
            switch (count.Outcome)
            {
                case VotesOutcome.OfPlurality plurality:
                    if (plurality.Ballots is { } tally)
                    {
                        WriteBallots(tally.Valid, tally.Blank, tally.Invalid.Count);
                    }
                    else if (plurality.Blank is { } blank)
                    {
                        json.WriteNumber("blank", blank);
                    }

                    WriteNumbers("votes", plurality.Result.Votes);
                    WriteRanking(plurality.Result.Ranking);
                    break;
                case VotesOutcome.OfJudgment judgment:
                    WriteBallots(judgment.Result.Valid, judgment.Result.Blank, judgment.Result.Invalid.Count);
                    WriteTable("raw", judgment.Result.Raw);
                    WriteRanking(judgment.Result.Ranking);
                    WriteSeparations(judgment.Result.Separations);
                    break;
                case VotesOutcome.OfSchulze schulze:
                    WriteBallots(schulze.Result.Valid, schulze.Result.Blank, 0);
                    WriteTable("raw", schulze.Result.Raw);
                    WriteBeatPaths(schulze.Result);
                    WriteRanking(schulze.Result.Ranking);
                    json.WriteString("condorcet_winner", schulze.Result.CondorcetWinner is { } winner ? count.Ids[winner] : null);
                    break;
                case VotesOutcome.OfStv stv:
                    WriteBallots(stv.Result.Valid, null, stv.Result.Invalid.Count);
                    json.WriteNumber("quota", stv.Result.Quota);
                    WriteRounds(stv.Result.Rounds);
                    break;
                case VotesOutcome.OfLists lists:
                    WriteLists(lists.Result, lists.Lists);
                    break;
            }
        }

        private void WriteBallots(long valid, long? blank, int invalid)
        {
            json.WriteNumber("valid", valid);
            if (blank is { } number)
            {
                json.WriteNumber("blank", number);
            }

            json.WriteNumber("invalid", invalid);
        }

        private void WriteSeparations(IEnumerable<GradeSeparation> separations)
        {
            json.WriteStartArray("separations");
            foreach (var separation in separations)
            {
                json.WriteStartObject();
                json.WriteNumber("equal_middle_grades", separation.EqualMiddleGrades);
                json.WriteNumber("better_grade", separation.BetterGrade);
                json.WriteNumber("worse_grade", separation.WorseGrade);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteBeatPaths(SchulzeOutcome outcome)
        {
            json.WriteStartArray("beatpaths");
            foreach (var row in outcome.BeatPaths)
            {
                json.WriteStartArray();
                foreach (var strength in row)
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(strength.Won);
                    json.WriteNumberValue(strength.Lost);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        private void WriteRounds(IEnumerable<StvRound> rounds)
        {
            json.WriteStartArray("rounds");
            foreach (var round in rounds)
            {
                json.WriteStartObject();
                switch (round)
                {
                    case StvRound.Win win:
                        json.WriteString("win", count.Ids[win.Candidate]);
                        json.WriteString("transfer_factor", win.TransferFactor.ToString());
                        break;
                    case StvRound.Lose lose:
                        json.WriteString("lose", count.Ids[lose.Candidate]);
                        break;
                    case StvRound.AllRemainingWin all:
                        WriteIds("all_remaining_win", all.Candidates);
                        break;
                    case StvRound.Open open:
                        WriteIds("open_tie", open.Tie.Tied);
                        break;
                }

                json.WriteStartObject("scores");
                foreach (var score in round.Scores)
                {
                    json.WriteString(count.Ids[score.Candidate], score.Score.ToString());
                }

                json.WriteEndObject();
                json.WriteString("exhausted", round.Exhausted.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteLists(ListOutcome outcome, IReadOnlyList<PartyList> lists)
        {
            json.WriteNumber("seats", outcome.Rule.Seats);
            json.WriteNumber("votes", outcome.Votes);
            json.WriteString("threshold", outcome.Rule.Threshold.ToString());
            json.WriteString("stop", outcome.Stop.ToString());
            WriteIds("admitted", outcome.Admitted);
            if (outcome.Bonus is { } bonus)
            {
                json.WriteStartObject("bonus");
                json.WriteString("list", bonus.List is { } leader ? count.Ids[leader] : null);
                json.WriteNumber("seats", bonus.Seats);
                json.WriteEndObject();
            }

            json.WriteStartObject("seats_of_list");
            for (var i = 0; i < lists.Count; i++)
            {
                json.WriteNumber(count.Ids[i], outcome.Seats[i]);
            }

            json.WriteEndObject();
            json.WriteNumber("vacant", outcome.Vacant);
            json.WriteStartObject("elected");
            for (var i = 0; i < lists.Count; i++)
            {
                WriteTexts(count.Ids[i], outcome.Elected(i, lists).Select(c => c.Id));
            }

            json.WriteEndObject();
            WriteAverages(outcome.Averages);
            if (outcome.Remainders is { } step)
            {
                WriteRemainders(step);
            }
        }

        private void WriteAverages(IReadOnlyList<AverageStep> steps)
        {
            if (steps.Count == 0)
            {
                return;
            }

            json.WriteStartArray("averages");
            foreach (var step in steps)
            {
                json.WriteStartObject();
                json.WriteString("list", step.List is { } list ? count.Ids[list] : null);
                WriteFractions("averages", step.Averages);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteRemainders(RemainderStep step)
        {
            json.WriteStartObject("remainders");
            json.WriteString("quota", step.Quota.ToString());
            WriteNumbers("whole_seats", step.WholeSeats.Select(s => (long)s));
            WriteFractions("remainders", step.Remainders);
            WriteNumbers("remainder_seats", step.RemainderSeats.Select(s => (long)s));
            json.WriteEndObject();
        }

        private void WriteTie(Tie tie)
        {
            json.WriteStartObject();
            WriteIds("tied", tie.Tied);
            json.WriteNumber("places", tie.Places);
            if (tie.Chosen is { } chosen)
            {
                WriteIds("chosen", chosen);
                json.WriteString("decided_by", TieOptions.NameOf(tie.DecidedBy!));
            }
            else
            {
                json.WriteNull("chosen");
            }

            json.WriteStartObject("evidence");
            foreach (var evidence in tie.Evidence)
            {
                json.WriteString(count.Ids[evidence.Contender], evidence.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        private void WriteRanking(IEnumerable<IReadOnlyList<int>> ranking)
        {
            json.WriteStartArray("ranking");
            foreach (var group in ranking)
            {
                json.WriteStartArray();
                foreach (var candidate in group)
                {
                    json.WriteStringValue(count.Ids[candidate]);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        private void WriteTable(string name, IEnumerable<IReadOnlyList<long>> rows)
        {
            json.WriteStartArray(name);
            foreach (var row in rows)
            {
                json.WriteStartArray();
                foreach (var number in row)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        private void WriteNumbers(string name, IEnumerable<long> numbers)
        {
            json.WriteStartArray(name);
            foreach (var number in numbers)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
        }

        private void WriteFractions(string name, IReadOnlyList<Fraction?> fractions)
        {
            json.WriteStartObject(name);
            for (var i = 0; i < fractions.Count; i++)
            {
                json.WriteString(count.Ids[i], fractions[i]?.ToString());
            }

            json.WriteEndObject();
        }

        private void WriteIds(string name, IEnumerable<int> indices) => WriteTexts(name, indices.Select(i => count.Ids[i]));

        private void WriteTexts(string name, IEnumerable<string> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }
}
